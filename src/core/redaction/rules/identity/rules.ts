import { announces, begins } from '../rule.ts';

const mixed = (value: string): boolean => /\d/.test(value) && /[a-z]/i.test(value);

export const identityRules = [
  // https://developer.okta.com/docs/guides/create-an-api-token/
  announces('okta/token', 'OKTATOKEN', ['okta', 'ssws'], /00[\w-]{40}/),
  // https://support.1password.com/service-accounts/ and https://support.1password.com/secret-key-security/
  begins('onepassword/service-account', 'ONEPASSWORDTOKEN', 'ops_', /eyJ[\w=+/-]{60,}/),
  begins(
    'onepassword/secret-key',
    'ONEPASSWORDKEY',
    'A3-',
    /[0-9A-Z]{6}-(?:[0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}/,
  ),
  // https://bitwarden.com/help/access-tokens/
  announces(
    'bitwarden/token',
    'BITWARDENTOKEN',
    ['bws_', 'bitwarden'],
    /0\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.[0-9A-Za-z]{30}:[A-Za-z0-9+/=]{20,}/,
  ),
  // https://stytch.com/docs/api/authentication, https://workos.com/docs, https://unkey.com/docs
  begins('stytch/secret', 'STYTCHSECRET', ['secret-live-', 'secret-test-'], /[\w=-]{30,}/),
  begins('unkey/key', 'UNKEYKEY', ['unkey_'], /[0-9A-Za-z]{16,}/),
  announces('auth0/secret', 'AUTH0SECRET', ['auth0'], { body: /[\w-]{64}/, check: mixed }),
  announces('duo/key', 'DUOKEY', ['duo_', 'duosecurity', 'duo '], {
    body: /DI[0-9A-Z]{18}|[0-9A-Za-z]{40}/,
    check: mixed,
  }),
  begins('ory/token', 'ORYTOKEN', ['ory_pat_', 'ory_at_', 'ory_rt_', 'ory_ac_', 'ory_st_'], /[\w.-]{20,}/),
  begins('descope/token', 'DESCOPEKEY', ['K2'], { body: /[0-9A-Za-z]{60,}/, check: mixed }),
  // https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens: FOCI and refresh tokens
  begins('entra/refresh-token', 'ENTRATOKEN', ['0.A', '1.A'], /[\w-]{40,}\.[\w-]{40,}/),
  // https://help.salesforce.com/s/articleView?id=000385517
  begins('salesforce/token', 'SALESFORCETOKEN', '00D', /[0-9A-Za-z]{12,15}![\w.]{80,}/),
  begins('salesforce/consumer-key', 'SALESFORCEKEY', '3MVG9', /[\w.]{70,}/),
];
