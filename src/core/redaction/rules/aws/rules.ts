import { announces, begins } from '../rule.ts';

export const awsRules = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  begins('aws/access-key', 'AWSKEY', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], /[A-Z0-9]{16}(?![A-Z0-9])/),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
  announces(
    'aws/secret-key',
    'AWSSECRET',
    ['aws_secret', 'awssecret', 'aws-secret', 'secretaccesskey', 'secret_access_key', 'secret access key', 'secretkey'],
    { body: /[A-Za-z0-9/+]{40}/, check: mixed },
  ),
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html: base64 of a text that begins with the region's origin
  begins(
    'aws/session-token',
    'AWSSESSION',
    ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz', 'AQoDYXdz'],
    /[A-Za-z0-9/+%]{80,}={0,2}/,
  ),
  // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
  begins('aws/bedrock-key', 'AWSBEDROCK', 'ABSK', /[A-Za-z0-9+/]{40,}={0,2}/),
  begins('aws/bedrock-short-key', 'AWSBEDROCK', 'bedrock-api-key-', /[A-Za-z0-9+/%]{20,}={0,2}/),
  // https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
  begins('aws/appsync-key', 'AWSAPPSYNC', 'da2-', /[a-z0-9]{26}/),
  // https://docs.developer.amazonservices.com/en_US/dev_guide/DG_Registering.html
  begins('aws/mws-token', 'AWSMWS', 'amzn.mws.', /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/),
  // https://developer.amazon.com/docs/login-with-amazon/access-token.html
  begins('aws/login-token', 'AMAZONTOKEN', ['Atza|', 'Atzr|'], /[\w%-]{20,}/),
  begins('aws/login-client-secret', 'AMAZONSECRET', 'amzn1.oa2-cs.v1.', /[0-9a-f]{64}/),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
  announces('aws/request-signature', 'AWSSIGNATURE', ['x-amz-signature', ' signature='], {
    body: /[0-9a-f]{64}/,
    reach: 4,
  }),
  announces('aws/request-token', 'AWSSESSION', 'x-amz-security-token', { body: /[A-Za-z0-9+/%=_-]{60,}/, reach: 8 }),
];

/** A digit, an upper-case and a lower-case letter: what 40 random base64 characters hold, and a hash or a path does not. */
function mixed(value: string): boolean {
  return /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
}
