import { isTooLong } from './http-failure.ts';
import type { ErrorKind } from './provider-error.ts';

/** An exception of the Bedrock runtime, of the services that give credentials, or of the SDK's own credential providers. */
export interface BedrockFailure {
  /** As AWS names it, such as `ThrottlingException`. */
  readonly name: string;
  /** AWS's sentence. It is looked at, never passed on. */
  readonly message: string;
}

export interface Meaning {
  readonly kind: ErrorKind;
  readonly detail: string;
}

/**
 * What an exception means; undefined when its name says nothing.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html#API_runtime_ConverseStream_Errors
 * and https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
export function bedrockMeaning({ name, message }: BedrockFailure): Meaning | undefined {
  const meaning = BY_NAME[name];
  return typeof meaning === 'function' ? meaning(message) : meaning;
}

const throttled: Meaning = { kind: 'rate-limited', detail: 'too many requests' };
const expired: Meaning = { kind: 'sign-in-expired', detail: 'its credentials have expired' };
const unknownKey: Meaning = { kind: 'unauthorised', detail: 'AWS does not know these credentials' };

/** A signature is wrong because of the clock or because of the key; only the sentence tells. */
const signature = (message: string): Meaning =>
  /signature (?:expired|not yet current)|skew|too far|not within|request has expired/i.test(message)
    ? { kind: 'clock-skew', detail: 'the clock of this machine is off by more than five minutes' }
    : { kind: 'unauthorised', detail: 'AWS did not accept the signature' };

const validation = (message: string): Meaning => {
  if (isTooLong(message)) return { kind: 'context-too-long', detail: 'the prompt is too long for the model' };
  if (
    /model identifier is invalid|on-demand throughput isn.t supported|model .{0,200}not (?:found|supported)/i.test(
      message,
    )
  )
    return { kind: 'unknown-model', detail: 'the region does not have the model under this name' };
  return { kind: 'bad-request', detail: 'Bedrock refused the request' };
};

/** Sentences of the SDK's credential providers, which have one name for every trouble. */
const credentials = (message: string): Meaning =>
  /expired|sso login|otherwise invalid/i.test(message)
    ? expired
    : { kind: 'unauthorised', detail: 'there are no AWS credentials for its profile' };

const BY_NAME: Readonly<Record<string, Meaning | ((message: string) => Meaning)>> = {
  ThrottlingException: throttled,
  TooManyRequestsException: throttled,
  ServiceQuotaExceededException: throttled,
  ModelNotReadyException: { kind: 'warming', detail: 'the model is not ready yet' },
  ServiceUnavailableException: { kind: 'warming', detail: 'the service is not available now' },
  ModelTimeoutException: { kind: 'deadline', detail: 'the model took too long' },
  ModelErrorException: { kind: 'server', detail: 'the model failed' },
  ModelStreamErrorException: { kind: 'server', detail: 'the model failed while it answered' },
  InternalServerException: { kind: 'server', detail: 'the service failed' },
  InternalFailure: { kind: 'server', detail: 'the service failed' },
  ValidationException: validation,
  ResourceNotFoundException: { kind: 'unknown-model', detail: 'the region does not have the model' },
  AccessDeniedException: { kind: 'forbidden', detail: 'its role has no access to the model' },
  NotAuthorized: { kind: 'forbidden', detail: 'its role has no access to the model' },
  OptInRequired: { kind: 'forbidden', detail: 'the account is not enabled for the service' },
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  UnauthorizedException: expired,
  UnrecognizedClientException: unknownKey,
  InvalidClientTokenId: unknownKey,
  MissingAuthenticationToken: unknownKey,
  MissingAuthenticationTokenException: unknownKey,
  InvalidSignatureException: signature,
  SignatureDoesNotMatch: signature,
  IncompleteSignature: signature,
  RequestExpired: signature,
  RequestTimeTooSkewed: signature,
  CredentialsProviderError: credentials,
  TokenProviderError: credentials,
};
