import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RecordedRequest } from './recording-server.ts';

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An error as AWS names it, with its status and message. */
export interface AwsError {
  readonly status: number;
  readonly name: string;
  readonly message: string;
}

export interface SigV4Expectation {
  readonly keys: AwsKeys;
  readonly region: string;
  readonly service: string;
  /** The server's clock, milliseconds since 1970. */
  readonly now: number;
}

/** What AWS tolerates between the clocks. */
const TOLERANCE_MS = 300_000;

/**
 * Checks a request's signature by signing it again with the keys that the server knows; undefined when it is right, else what
 * AWS answers. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function signatureError(
  request: RecordedRequest,
  expected: SigV4Expectation,
): Promise<AwsError | undefined> {
  const given = header(request, 'authorization');
  const date = header(request, 'x-amz-date');
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=[0-9a-f]{64}$/.exec(
      given,
    );
  const at = dateOf(date);
  if (!parts || at === undefined) return refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, accessKeyId = '', region = '', service = '', signed = ''] = parts;
  if (accessKeyId !== expected.keys.accessKeyId)
    return refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (region !== expected.region || service !== expected.service)
    return refused('InvalidSignatureException', `Credential should be scoped to a valid region and service.`);
  if (Math.abs(at - expected.now) > TOLERANCE_MS) return skewed(date, at, expected.now);
  const again = await signAgain(request, signed.split(';'), { expected, at });
  if (again === given) return undefined;
  return refused(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

async function signAgain(
  request: RecordedRequest,
  signed: readonly string[],
  { expected, at }: { readonly expected: SigV4Expectation; readonly at: number },
): Promise<string | undefined> {
  const signer = new SignatureV4({
    credentials: expected.keys,
    region: expected.region,
    service: expected.service,
    sha256: Sha256,
  });
  // What the signer adds by itself, from the body and the keys that the server knows, must not come from the client.
  const own = ['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'];
  const headers = Object.fromEntries(
    signed.filter((name) => !own.includes(name)).map((name) => [name, header(request, name)]),
  );
  const url = new URL(request.path, 'http://server');
  const again = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers,
      body: request.bytes,
    },
    { signingDate: new Date(at) },
  );
  return again.headers.authorization;
}

function skewed(date: string, at: number, now: number): AwsError {
  const direction = at < now ? 'expired' : 'not yet current';
  const relation = at < now ? 'earlier' : 'later';
  const limit = amzDate(at < now ? now - TOLERANCE_MS : now + TOLERANCE_MS);
  return refused(
    'InvalidSignatureException',
    `Signature ${direction}: ${date} is ${at < now ? 'now ' : 'still '}${relation} than ${limit} (${amzDate(now)} ${at < now ? '-' : '+'} 5 min.)`,
  );
}

const refused = (name: string, message: string): AwsError => ({ status: 403, name, message });

const header = (request: RecordedRequest, name: string): string => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
};

const amzDate = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');

function dateOf(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
