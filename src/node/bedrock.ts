import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { geographyOf } from '../core/policy/bedrock-region.ts';
import { isLoopbackUrl } from '../core/policy/loopback.ts';
import type { ChatBody } from '../core/prompt/redacted-prompt.ts';
import type { Pulse } from '../core/provider/answer-reader.ts';
import { bedrockMeaning } from '../core/provider/bedrock-failure.ts';
import { httpError } from '../core/provider/http-failure.ts';
import type { Provider, StreamEvent } from '../core/provider/provider.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';
import type { RoutedRequest } from '../core/routing/route.ts';
import { awsCredentials, type BedrockEndpoint, type Credentials } from './aws-credentials.ts';
import { createConverseReader } from './converse-answer.ts';
import { type Alarm, DEFAULT_LIMITS, guarded, systemAlarm } from './guarded-stream.ts';
import { knownTransportFailure, transportFailure } from './transport-failure.ts';

export interface BedrockOptions {
  readonly endpointId: string;
  readonly endpoint: BedrockEndpoint;
  /** In place of the method that policy names. For tests. */
  readonly credentials?: Credentials;
  /** Where a proxy, a private authority or a client certificate comes in: the SDK knows no HTTPS_PROXY. */
  readonly agents?: { readonly http?: HttpAgent; readonly https?: HttpsAgent };
  readonly alarm?: Alarm;
}

/**
 * A provider for Amazon Bedrock, over ConverseStream. Endpoint, region, credentials and authentication are pinned to what
 * policy says: without that AWS_BEARER_TOKEN_BEDROCK, AWS_ENDPOINT_URL and a profile's own settings could send
 * a request elsewhere or under another name.
 *
 * An answer is whole when messageStop and metadata were both seen.
 */
export function createBedrockProvider(options: BedrockOptions): Provider {
  const { endpointId, endpoint } = options;
  const guard = {
    endpointId,
    limits: endpoint.limits ?? DEFAULT_LIMITS,
    alarm: options.alarm ?? systemAlarm,
    failure: (cause: unknown) => errorOf(cause, endpointId),
  };
  let client: BedrockRuntimeClient | undefined;
  const ask = (request: RoutedRequest, signal: AbortSignal) => {
    const problem = refusalOf(request, endpoint);
    const url = endpointUrl(endpoint.host);
    if (problem !== undefined || url === undefined)
      return only(badRequest(endpointId, problem ?? 'its host in the policy is no host name'));
    client ??= clientFor(url, options);
    return answer(request, { client, options }, signal);
  };
  return { stream: (request, signal) => guarded((closing) => ask(request, closing), guard, signal) };
}

/** Why this request must not be sent; undefined when it may. */
function refusalOf({ prompt, allowed }: RoutedRequest, endpoint: BedrockEndpoint): string | undefined {
  if (prompt.body.kind === 'completion') return 'Bedrock has messages only and takes no fill-in-the-middle template';
  if (endpoint.crossRegion === 'allow') return undefined;
  const geography = geographyOf(allowed.model.name ?? '', endpoint.region);
  return geography && `not sent: ${geography}, and policy keeps this endpoint to ${endpoint.region}`;
}

/** https to the host, http only to this workstation; undefined when the text is more or less than host and port. */
export function endpointUrl(host: string): string | undefined {
  if (isLoopbackUrl(`http://${host}`)) return `http://${host}`;
  const text = `https://${host}`;
  if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(host) || host.endsWith('.') || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // The URL standard rewrites numbers into addresses and drops the port 443; a name that changes otherwise is a trick.
  return url.host === host.toLowerCase().replace(/:443$/, '') ? text : undefined;
}

function clientFor(url: string, { endpoint, credentials, agents }: BedrockOptions): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint: url,
    region: endpoint.region,
    credentials: credentials ?? awsCredentials(endpoint),
    profile: endpoint.auth.profile,
    authSchemePreference: ['sigv4'],
    ignoreConfiguredEndpointUrls: true,
    disableHostPrefix: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    userAgentAppId: 'postern',
    // The SDK's own would tell operating system and runtime versions.
    defaultUserAgentProvider: async () => [['postern', '0']],
    // HTTP/1.1, so that aborting one request closes one socket. The deadlines of an answer are the guard's.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: 0,
      socketTimeout: 0,
      ...(agents?.http ? { httpAgent: agents.http } : {}),
      ...(agents?.https ? { httpsAgent: agents.https } : {}),
    }),
  });
}

/** Longer than TCP's first retransmissions, shorter than anyone waits. */
const CONNECT_MS = 10_000;

interface Asking {
  readonly client: BedrockRuntimeClient;
  readonly options: BedrockOptions;
}

async function* answer(
  request: RoutedRequest,
  { client, options }: Asking,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent | Pulse, void> {
  const { endpointId, endpoint } = options;
  const command = new ConverseStreamCommand(input(request, endpoint));
  const { stream } = await client.send(command, { abortSignal: signal });
  const reader = createConverseReader(endpointId, request.allowed.model.reasoning);
  try {
    for await (const event of stream ?? []) yield* reader.read(event);
  } catch (cause) {
    // What the service or the frames say about themselves is an error also after text; a lost connection is not.
    const error = signal.aborted ? undefined : errorInStream(cause, endpointId);
    if (!error) throw cause;
    yield { type: 'error', error };
    return;
  }
  yield* reader.close();
}

function input({ prompt, allowed }: RoutedRequest, endpoint: BedrockEndpoint): ConverseStreamCommandInput {
  const { system, messages } = prompt.body as ChatBody;
  const modelId = allowed.model.name ?? allowed.id;
  const { guardrail } = endpoint;
  return {
    modelId,
    system: [{ text: system.text }, ...(cachesPrompts(modelId) ? [{ cachePoint: { type: 'default' as const } }] : [])],
    messages: messages.map(({ role, content }) => ({ role, content: [{ text: content.text }] })),
    inferenceConfig: {
      maxTokens: prompt.maxTokens,
      temperature: prompt.temperature,
      ...(prompt.stop.length > 0 ? { stopSequences: [...prompt.stop] } : {}),
    },
    ...(guardrail
      ? {
          guardrailConfig: {
            guardrailIdentifier: guardrail.id,
            guardrailVersion: guardrail.version,
            streamProcessingMode: 'sync',
          },
        }
      : {}),
  };
}

/**
 * Whether a model takes cachePoint blocks; the others answer them with an error.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html#prompt-caching-models
 */
const cachesPrompts = (modelId: string): boolean =>
  /anthropic\.claude-(?:3-5-haiku|3-7-|(?:opus|sonnet|haiku)-\d)|amazon\.nova-/.test(modelId);

/** What the service said, or frames that break the protocol; undefined for a lost connection and what nobody knows. */
function spokenError(cause: unknown, endpointId: string): ProviderError | undefined {
  if (!(cause instanceof Error)) return undefined;
  const status = statusOf(cause);
  const meaning = bedrockMeaning({ name: cause.name, message: cause.message });
  if (meaning) return { ...meaning, endpointId, ...(status === undefined ? {} : { status }) };
  if (/checksum|message length/i.test(cause.message))
    return { kind: 'protocol', endpointId, detail: 'the stream was damaged on its way' };
  return undefined;
}

/** An error that came out of the stream itself. Exceptions that the SDK does not know yet are the service's word too. */
function errorInStream(cause: unknown, endpointId: string): ProviderError | undefined {
  if (knownTransportFailure(cause) || endedInFrame(cause)) return undefined;
  return spokenError(cause, endpointId) ?? { kind: 'server', endpointId, detail: 'the service reported an error' };
}

const endedInFrame = (cause: unknown): boolean =>
  cause instanceof Error && cause.message === 'Truncated event message received.';

function errorOf(cause: unknown, endpointId: string): ProviderError {
  const spoken = spokenError(cause, endpointId);
  if (spoken) return spoken;
  if (endedInFrame(cause)) return { kind: 'server', endpointId, detail: 'the service ended in the middle of a frame' };
  const status = statusOf(cause);
  if (status !== undefined && status >= 300) {
    // A gateway in front of Bedrock: the SDK could not read its body as AWS's.
    return httpError({ status, contentType: 'text/html', body: undefined, retryAfter: undefined, now: 0 }, endpointId);
  }
  return { ...transportFailure(cause), endpointId };
}

/** The HTTP status that the SDK notes beside an error. */
function statusOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const noted: unknown = Reflect.get(cause, '$metadata') ?? Reflect.get(cause, '$response');
  if (typeof noted !== 'object' || noted === null) return undefined;
  const status: unknown = Reflect.get(noted, 'httpStatusCode') ?? Reflect.get(noted, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

const badRequest = (endpointId: string, detail: string): StreamEvent => ({
  type: 'error',
  error: { kind: 'bad-request', endpointId, detail },
});

async function* only(event: StreamEvent): AsyncGenerator<StreamEvent, void> {
  yield event;
}
