/**
 * Files that hold credentials by their purpose, and git's own. They are excluded whatever a policy says, for every
 * task and every model, the local one too. In the pattern language of `globs.ts`; names count in any case.
 *
 * Templates such as `.env.example` are excluded with the rest: people do write real values into them.
 * Dependencies (`node_modules`, `vendor`) are not here: people read them and ask about them; context gathering skips
 * what git ignores.
 */
export const alwaysExcluded: readonly string[] = [
  // Environment files of dotenv, direnv and their like
  '.env*',
  '*.env',
  '.envrc',
  // Private keys, key stores and password stores
  '*.pem',
  '*.key',
  '*.p8',
  '*.p12',
  '*.pfx',
  '*.ppk',
  '*.jks',
  '*.keystore',
  '*.kdb',
  '*.kdbx',
  '*.gpg',
  'id_{rsa,dsa,ecdsa,ed25519,ecdsa_sk,ed25519_sk}',
  'id_{rsa,dsa,ecdsa,ed25519}.{old,bak,orig}',
  '**/.ssh/**',
  '**/.gnupg/**',
  '**/.password-store/**',
  // Credentials of package registries
  '.npmrc',
  '.pypirc',
  '**/.gem/credentials',
  '**/.cargo/credentials',
  '**/.cargo/credentials.toml',
  '**/.m2/settings.xml',
  '**/.m2/settings-security.xml',
  '**/.composer/auth.json',
  // Credentials of clouds, clusters, databases and tools
  '.netrc',
  '_netrc',
  '.git-credentials',
  '.pgpass',
  'pgpass.conf',
  '.my.cnf',
  '.mylogin.cnf',
  '.htpasswd',
  '.dockercfg',
  '**/.docker/config.json',
  '**/.aws/**',
  '**/.azure/**',
  '**/.config/gcloud/**',
  '**/.config/gh/hosts.yml',
  '**/.kube/**',
  'kubeconfig',
  '*.kubeconfig',
  '.terraformrc',
  'terraform.rc',
  '*.tfstate',
  '*.tfstate.*',
  '*.tfvars',
  '*.tfvars.json',
  '.vault-token',
  '.vault_pass*',
  'credentials.{json,csv,yml,yaml,toml,ini,xml}',
  'client_secret*.json',
  'service-account*.json',
  'service_account*.json',
  'secrets.{json,yml,yaml,toml,ini,xml}',
  // Git's own files: they hold remotes with tokens, and hooks
  '**/.git/**',
];
