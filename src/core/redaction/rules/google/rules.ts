import { announces, begins } from '../rule.ts';

export const googleRules = [
  // https://cloud.google.com/docs/authentication/api-keys
  begins('google/api-key', 'GOOGLEKEY', 'AIza', /[\w-]{35,}/),
  begins('google/bound-api-key', 'GOOGLEKEY', 'AQ.Ab', /[\w-]{30,}/),
  // https://developers.google.com/identity/protocols/oauth2
  begins('google/client-secret', 'GOOGLESECRET', 'GOCSPX-', /[\w-]{24,}/),
  begins('google/access-token', 'GOOGLETOKEN', 'ya29.', /[\w.-]{20,}/),
  begins('google/refresh-token', 'GOOGLETOKEN', '1//0', /[\w-]{30,}/),
  begins('google/authorization-code', 'GOOGLETOKEN', '4/0A', /[\w-]{30,}/),
  // https://cloud.google.com/storage/docs/authentication/hmackeys
  begins('google/hmac-key', 'GOOGLEKEY', 'GOOG1E', /[A-Z0-9]{55,}/),
  begins('google/hmac-user-key', 'GOOGLEKEY', 'GOOG', /[A-Z0-9]{20}(?![A-Z0-9])/),
  // https://firebase.google.com/docs/cloud-messaging/auth-server
  begins('google/messaging-server-key', 'GOOGLEKEY', 'AAAA', /[\w-]{7}:[\w-]{134,}/),
  // https://cloud.google.com/recaptcha/docs/create-key-website
  announces(
    'google/recaptcha-secret',
    'GOOGLESECRET',
    ['captcha_secret', 'captchasecret', 'captcha_private', 'captchaprivate', 'captcha-secret'],
    /6L[\w-]{38}/,
  ),
  // https://cloud.google.com/iam/docs/keys-create-delete
  announces('google/service-account-key-id', 'GOOGLEKEYID', 'private_key_id', { body: /[0-9a-f]{40}/, reach: 8 }),
];
