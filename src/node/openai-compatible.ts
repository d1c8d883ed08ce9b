import { APIError, OpenAI } from 'openai';
import type { Endpoint } from '../core/policy/schema.ts';
import type { ChatBody, CompletionBody } from '../core/prompt/redacted-prompt.ts';
import type { AnswerReader, Pulse } from '../core/provider/answer-reader.ts';
import { httpError } from '../core/provider/http-failure.ts';
import { createGenerateReader } from '../core/provider/ollama-answer.ts';
import { createAnswerReader } from '../core/provider/openai-answer.ts';
import type { Provider, StreamEvent } from '../core/provider/provider.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';
import type { RoutedRequest } from '../core/routing/route.ts';
import { answerFrames } from './answer-frames.ts';
import { type Alarm, DEFAULT_LIMITS, guarded, systemAlarm } from './guarded-stream.ts';
import { type Fetch, pinnedFetch } from './pinned-fetch.ts';
import { transportFailure } from './transport-failure.ts';

export type HttpEndpoint = Extract<Endpoint, { readonly url: string }>;

export interface OpenAiOptions {
  readonly endpointId: string;
  readonly endpoint: HttpEndpoint;
  /** The key that policy names, from where keys are kept. Asked before each request; undefined when none is stored. */
  readonly apiKey: () => Promise<string | undefined>;
  /** Value of the header that policy names for session affinity: random, and the same for this window's life. */
  readonly sessionId?: string;
  /** Where a proxy, a private authority or a client certificate comes in. */
  readonly fetch?: Fetch;
  readonly alarm?: Alarm;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * A provider for vLLM, Ollama and other servers with OpenAI's API. Completions go to `/completions` (Ollama:
 * `/api/generate`) with the model's template already rendered, because vLLM answers a `suffix` with 400; chat goes to
 * `/chat/completions`. `max_tokens` is always sent: the default of completions is 16.
 *
 * Of the SDK it uses the requests and their errors. Its stream reader is not used: it drops the difference between a
 * stream that was finished and one that merely closed, and holds lines of any length.
 */
export function createOpenAiProvider(options: OpenAiOptions): Provider {
  const { endpointId, endpoint } = options;
  const guard = {
    endpointId,
    limits: endpoint.limits ?? DEFAULT_LIMITS,
    alarm: options.alarm ?? systemAlarm,
    failure: (cause: unknown) => errorOf(cause, endpointId, options.now ?? Date.now),
  };
  return {
    stream: (request, signal) => guarded((closing) => answer(request, options, closing), guard, signal),
  };
}

async function* answer(
  request: RoutedRequest,
  options: OpenAiOptions,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent | Pulse, void> {
  const key = await keyOf(options);
  if (typeof key === 'object') {
    yield { type: 'error', error: key };
    return;
  }
  const asking = askingFor(request, options);
  const client = clientFor(request, options, key);
  const response = await client.post(asking.path, { body: asking.payload, stream: true, signal }).asResponse();
  const problem = yield* read(answerFrames(response, options.alarm ?? systemAlarm), asking.reader);
  if (problem === undefined) yield* asking.reader.close();
  else yield { type: 'error', error: { kind: 'protocol', endpointId: options.endpointId, detail: problem } };
}

async function* read<Problem>(
  frames: AsyncGenerator<string, Problem>,
  reader: AnswerReader,
): AsyncGenerator<StreamEvent | Pulse, Problem> {
  for (;;) {
    const frame = await frames.next();
    if (frame.done) return frame.value;
    yield* reader.read(frame.value);
  }
}

interface Asking {
  /** Below the endpoint's URL, or a whole URL of the same origin. */
  readonly path: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly reader: AnswerReader;
}

function askingFor(request: RoutedRequest, { endpoint, endpointId }: OpenAiOptions): Asking {
  const { body } = request.prompt;
  const { reasoning } = request.allowed.model;
  if (body.kind === 'chat')
    return {
      path: '/chat/completions',
      payload: { ...openAiPayload(request), messages: messagesOf(body) },
      reader: createAnswerReader({ endpointId, chat: true, reasoning }),
    };
  if (endpoint.kind === 'ollama')
    return {
      path: generateUrl(endpoint.url),
      payload: generatePayload(request, body),
      reader: createGenerateReader(endpointId),
    };
  return {
    path: '/completions',
    payload: { ...openAiPayload(request), prompt: body.text.text },
    reader: createAnswerReader({ endpointId, chat: false, reasoning }),
  };
}

function openAiPayload({ prompt, allowed }: RoutedRequest): Readonly<Record<string, unknown>> {
  return {
    model: allowed.model.name ?? allowed.id,
    max_tokens: prompt.maxTokens,
    temperature: prompt.temperature,
    ...(prompt.stop.length > 0 ? { stop: prompt.stop } : {}),
    stream: true,
    stream_options: { include_usage: true },
  };
}

const messagesOf = ({ system, messages }: ChatBody): readonly object[] => [
  { role: 'system', content: system.text },
  ...messages.map(({ role, content }) => ({ role, content: content.text })),
];

/**
 * Ollama wraps whatever `/v1/completions` is given in the model's own chat template (ollama/ollama issue 5544), which turns a
 * rendered template into a question about one. Its own API takes a prompt as it is.
 */
const generatePayload = ({ prompt, allowed }: RoutedRequest, body: CompletionBody): Asking['payload'] => ({
  model: allowed.model.name ?? allowed.id,
  prompt: body.text.text,
  raw: true,
  stream: true,
  options: {
    num_predict: prompt.maxTokens,
    temperature: prompt.temperature,
    ...(prompt.stop.length > 0 ? { stop: prompt.stop } : {}),
  },
});

/** `/api/generate` stands beside the `/v1` of an endpoint's URL. */
const generateUrl = (url: string): string => new URL('../api/generate', `${url.replace(/\/+$/, '')}/`).href;

/** The key to send, undefined where none is needed, or why nothing can be sent. */
async function keyOf({ endpoint, endpointId, apiKey }: OpenAiOptions): Promise<string | undefined | ProviderError> {
  if (!endpoint.auth) return undefined;
  const key = (await apiKey())?.trim();
  if (!key) return { kind: 'unauthorised', endpointId, detail: 'no key is stored for it' };
  if (!/^[\x21-\x7e]+$/.test(key))
    return { kind: 'unauthorised', endpointId, detail: 'the stored key holds characters that no header can carry' };
  return key;
}

/** Everything that the SDK would otherwise take from the environment is named here, the base URL and the log level above all. */
function clientFor(request: RoutedRequest, options: OpenAiOptions, key: string | undefined): OpenAI {
  const { endpoint, sessionId } = options;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(endpoint.headers ?? {})) {
    if (name !== 'session') headers[name] = value;
    else if (sessionId !== undefined) headers[value] = sessionId;
  }
  return new OpenAI({
    baseURL: endpoint.url,
    apiKey: key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: NEVER,
    logLevel: 'off',
    fetch: pinnedFetch(options.fetch ?? fetch, {
      origin: new URL(endpoint.url).origin,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        'user-agent': 'postern',
        'x-request-id': request.id,
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
    }),
  });
}

/** The longest that a timer can wait; deadlines are ours. */
const NEVER = 2_147_483_647;

function errorOf(cause: unknown, endpointId: string, now: () => number): ProviderError {
  if (cause instanceof APIError && cause.status !== undefined) {
    const header = (name: string): string | undefined => cause.headers?.get(name) ?? undefined;
    return httpError(
      {
        status: cause.status,
        contentType: header('content-type') ?? '',
        body: cause.error,
        retryAfter: header('retry-after'),
        now: now(),
      },
      endpointId,
    );
  }
  return { ...transportFailure(cause), endpointId };
}
