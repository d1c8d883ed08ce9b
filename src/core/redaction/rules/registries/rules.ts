import { announces, begins } from '../rule.ts';

export const registryRules = [
  // https://docs.npmjs.com/about-access-tokens
  begins('npm/token', 'NPMTOKEN', 'npm_', /[0-9A-Za-z]{36,}/),
  announces('npm/legacy-token', 'NPMTOKEN', ['_authtoken'], { body: /[\w.=-]{20,}/, reach: 6 }),
  announces('npm/auth', 'NPMTOKEN', [':_auth', '\n_auth', ':_password', '\n_password'], {
    body: /[A-Za-z0-9+/]{12,}={0,2}/,
    reach: 6,
  }),
  // https://docs.yarnpkg.com/configuration/yarnrc#npmAuthToken
  announces('npm/yarn-token', 'NPMTOKEN', ['npmauthtoken', 'npmauthident'], { body: /[\w.:=+/-]{16,}/, reach: 6 }),
  // https://pypi.org/help/#apitoken: a macaroon, base64 of its version and location
  begins('pypi/token', 'PYPITOKEN', ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'], /[\w-]{40,}/),
  // https://guides.rubygems.org/api-key-scopes/
  begins('rubygems/key', 'RUBYGEMSKEY', 'rubygems_', /[0-9a-f]{48}/),
  // https://doc.rust-lang.org/cargo/reference/registry-web-api.html and https://github.com/rust-lang/crates.io/pull/5165
  begins('crates/token', 'CRATESTOKEN', 'cio', /[0-9A-Za-z]{32}(?![0-9A-Za-z])/),
  // https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys
  begins('nuget/key', 'NUGETKEY', 'oy2', /[0-9a-z]{43}(?![0-9a-z])/),
  // https://docs.docker.com/security/access-tokens/
  begins('docker/token', 'DOCKERTOKEN', ['dckr_pat_', 'dckr_oat_'], /[\w-]{20,}/),
  // https://docs.docker.com/reference/cli/docker/login/#credential-stores: base64 of user:password
  announces('docker/config-auth', 'DOCKERAUTH', '"auth"', { body: /[A-Za-z0-9+/]{12,}={0,2}/, reach: 6 }),
  // https://packagist.com/docs/api-authentication
  begins(
    'packagist/token',
    'PACKAGISTTOKEN',
    ['packagist_ort_', 'packagist_out_', 'packagist_uut_', 'packagist_ack_', 'packagist_acs_'],
    /[0-9a-f]{40,}/,
  ),
  begins('clojars/token', 'CLOJARSTOKEN', 'CLOJARS_', /[0-9a-z]{60}/i),
  // https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
  begins('jfrog/key', 'JFROGKEY', 'AKCp', /[0-9A-Za-z]{60,}/),
  begins('jfrog/reference-token', 'JFROGTOKEN', 'cmVmd', /[0-9A-Za-z]{59}(?![0-9A-Za-z])/),
  announces('jfrog/identity-token', 'JFROGTOKEN', ['jfrog', 'artifactory', 'bintray', 'xray'], {
    body: /[0-9A-Za-z]{64}|[0-9A-Za-z]{73}/,
    check: (value) => !/^[0-9a-f]+$/.test(value),
  }),
  // https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ
  announces('sidekiq/credentials', 'SIDEKIQSECRET', ['contribsys__com', 'contribsys.com'], {
    body: /[0-9a-f]{8}:[0-9a-f]{8}/,
    reach: 6,
  }),
  // https://docs.anaconda.com/anacondaorg/user-guide/tasks/work-with-accounts/
  begins('anaconda/token', 'ANACONDATOKEN', ['/t/an-', 'an-'], /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  begins('expo/token', 'EXPOTOKEN', 'ExponentPushToken[', /[\w-]{20,}/),
];
