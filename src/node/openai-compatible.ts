import { APIError, OpenAI } from 'openai';
import type { Endpoint } from '../core/policy/schema.ts';
import { httpError } from '../core/provider/http-failure.ts';
import { createAnswerReader, type Pulse } from '../core/provider/openai-answer.ts';
import type { Provider, StreamEvent } from '../core/provider/provider.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';
import { createEventParser } from '../core/provider/server-sent-events.ts';
import type { RoutedRequest } from '../core/routing/route.ts';
import { type Alarm, DEFAULT_LIMITS, guarded, systemAlarm } from './guarded-stream.ts';
import { type Fetch, firstBytes, pinnedFetch } from './pinned-fetch.ts';
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
 * A provider for vLLM, Ollama and other servers with OpenAI's API. Completions go to `/completions` with the model's
 * template already rendered, because vLLM answers a `suffix` with 400; chat goes to `/chat/completions`. `max_tokens` is
 * always sent: the default of completions is 16.
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
  const { body } = request.prompt;
  const client = clientFor(request, options, key);
  const path = body.kind === 'completion' ? '/completions' : '/chat/completions';
  const response = await client.post(path, { body: payload(request), stream: true, signal }).asResponse();
  const reader = createAnswerReader({
    endpointId: options.endpointId,
    chat: body.kind === 'chat',
    reasoning: request.allowed.model.reasoning,
  });
  const contentType = response.headers.get('content-type') ?? '';
  if (/\bjson\b/.test(contentType)) {
    const bytes = await firstBytes(response, MAX_WHOLE_ANSWER);
    yield* reader.read(new TextDecoder().decode(bytes));
    yield* reader.close();
  } else if (contentType === '' || contentType.includes('text/event-stream')) {
    yield* streamed(response, reader, options);
  } else {
    await response.body?.cancel();
    yield protocolError(options.endpointId, 'the server answered with something else than a stream or JSON');
  }
}

/** Longest whole answer that is read, in bytes. */
const MAX_WHOLE_ANSWER = 8_388_608;

async function* streamed(
  response: Response,
  reader: ReturnType<typeof createAnswerReader>,
  options: OpenAiOptions,
): AsyncGenerator<StreamEvent | Pulse, void> {
  const bytes = response.body?.getReader();
  const decoder = new TextDecoder();
  const parser = createEventParser();
  for (let done = bytes === undefined; bytes && !done; ) {
    const piece = await bytes.read();
    const events = parser.push(piece.done ? decoder.decode() : decoder.decode(piece.value, { stream: true }));
    if (events === 'too-large') {
      await bytes.cancel();
      yield protocolError(options.endpointId, 'the server sent an event that is too long');
      return;
    }
    for (const event of events) {
      if (event.payload === '[DONE]') {
        if (!piece.done) leave(bytes, options.alarm ?? systemAlarm);
        yield* reader.close();
        return;
      }
      yield* reader.read(event.payload);
    }
    done = piece.done;
  }
  yield* reader.close();
}

/** Lets the last bytes of a finished answer arrive, so that its connection can serve the next request. */
function leave(bytes: ReadableStreamDefaultReader<Uint8Array>, alarm: Alarm): void {
  const giveUp = () => void bytes.cancel().catch(() => undefined);
  const callOff = alarm(1000, giveUp);
  const drain = async () => {
    while (!(await bytes.read()).done);
  };
  // The answer is whole already: a connection that breaks now is simply not used again.
  void drain().catch(giveUp).finally(callOff);
}

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

function payload(request: RoutedRequest): Readonly<Record<string, unknown>> {
  const { prompt, allowed } = request;
  const { body } = prompt;
  const asked =
    body.kind === 'completion'
      ? { prompt: body.text.text }
      : {
          messages: [
            { role: 'system', content: body.system.text },
            ...body.messages.map(({ role, content }) => ({ role, content: content.text })),
          ],
        };
  return {
    model: allowed.model.name ?? allowed.id,
    ...asked,
    max_tokens: prompt.maxTokens,
    temperature: prompt.temperature,
    ...(prompt.stop.length > 0 ? { stop: prompt.stop } : {}),
    stream: true,
    stream_options: { include_usage: true },
  };
}

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

const protocolError = (endpointId: string, detail: string): StreamEvent => ({
  type: 'error',
  error: { kind: 'protocol', endpointId, detail },
});
