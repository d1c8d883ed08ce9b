import type { ErrorKind, ProviderError } from './provider-error.ts';

/** What is known of an answer that is no success. */
export interface HttpFailure {
  readonly status: number;
  readonly contentType: string;
  /** The body, or what stands in its `error` field, parsed; undefined when it is no JSON. */
  readonly body: unknown;
  readonly retryAfter: string | undefined;
  /** Milliseconds since 1970, to read a Retry-After that is a date. */
  readonly now: number;
}

/**
 * What an error answer means. Bodies of vLLM, Ollama, gateways and load balancers differ, so the status speaks first.
 *
 * The server's sentence is only looked at, never passed on: servers quote the request in it, vLLM's validation errors the
 * whole prompt. The detail is made of our own words, the status, the error's type and the numbers of the two
 * well-known sentences about length.
 */
export function httpError(failure: HttpFailure, endpointId: string): ProviderError {
  const said = spoken(failure.body);
  const { kind, detail } = classified(failure, said);
  const retryAfterMs = retryAfter(failure.retryAfter, failure.now);
  const type = said.type === undefined ? '' : ` (${said.type})`;
  return {
    kind,
    endpointId,
    detail: `${detail}${type}`,
    status: failure.status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

interface Meaning {
  readonly kind: ErrorKind;
  readonly detail: string;
}

const BY_STATUS: Readonly<Record<number, Meaning>> = {
  401: { kind: 'unauthorised', detail: 'the key was not accepted' },
  403: { kind: 'forbidden', detail: 'this key or address may not use the model' },
  407: { kind: 'proxy', detail: 'the proxy asks for credentials' },
  408: { kind: 'deadline', detail: 'the server gave up waiting' },
  413: { kind: 'context-too-long', detail: 'the request is larger than the server takes' },
  429: { kind: 'rate-limited', detail: 'too many requests' },
  503: { kind: 'warming', detail: 'no server is ready yet' },
  504: { kind: 'warming', detail: 'no server answered the gateway in time' },
};

function classified(failure: HttpFailure, said: Spoken): Meaning {
  const { status } = failure;
  const html = failure.contentType.includes('html');
  if (status >= 300 && status < 400) return { kind: 'redirected', detail: 'the server pointed to another address' };
  const known = BY_STATUS[status];
  if (known) return known;
  if (status >= 500)
    return html
      ? { kind: 'warming', detail: 'a gateway answered instead of the server' }
      : { kind: 'server', detail: 'the server failed' };
  if (isTooLong(said.sentence)) return { kind: 'context-too-long', detail: lengthDetail(said.sentence) };
  if (UNKNOWN_MODEL.test(said.sentence) || said.code === 'model_not_found')
    return { kind: 'unknown-model', detail: 'the server does not have the model' };
  if (status === 404) return { kind: 'bad-request', detail: 'there is no such service at this address' };
  return { kind: 'bad-request', detail: `the server refused the request with status ${status}` };
}

/** Whether a server's sentence says that a prompt does not fit: vLLM, OpenAI, llama.cpp, Ollama and Bedrock's models. */
export const isTooLong = (sentence: string): boolean =>
  /maximum context length|context (?:length|window)|max_model_len|(?:prompt|input) is too long|too many (?:input )?tokens|exceeds? the (?:available context|model)/i.test(
    sentence,
  );

/** vLLM, Ollama and OpenAI in turn. */
const UNKNOWN_MODEL = /the model .{0,200}does not exist|model .{0,200}not found|no such model/is;

function lengthDetail(sentence: string): string {
  const most = /maximum context length (?:is|of) (\d{1,9})/.exec(sentence)?.[1];
  const asked = /(?:requested|resulted in|at least) (\d{1,9})/.exec(sentence)?.[1];
  if (most === undefined) return 'the prompt is too long for the model';
  return `the model takes ${most} tokens${asked === undefined ? '' : `, asked for ${asked}`}`;
}

interface Spoken {
  readonly sentence: string;
  /** An identifier such as `BadRequestError`, if that is what it is. */
  readonly type: string | undefined;
  readonly code: string | undefined;
}

/** Names of error types as servers write them; anything else may be a quotation of the request. */
const TYPE_NAME = /^(?:[A-Za-z]{2,40}(?:Error|Exception)|[a-z]+(?:_[a-z]+){0,3}_error|api_error)$/;

/** The parts of an error body, whatever shape it has: nested, flat, a bare string, or FastAPI's `detail`. */
function spoken(body: unknown): Spoken {
  if (typeof body === 'string') return { sentence: body, type: undefined, code: undefined };
  if (typeof body !== 'object' || body === null) return { sentence: '', type: undefined, code: undefined };
  if ('error' in body) return spoken(body.error);
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(body, key);
    return typeof value === 'string' ? value : undefined;
  };
  const type = text('type');
  return {
    sentence: text('message') ?? text('detail') ?? '',
    type: type !== undefined && TYPE_NAME.test(type) ? type : undefined,
    code: text('code'),
  };
}

/** Retry-After in milliseconds, from seconds or a date, at most an hour. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+(?:\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.round(ms)), 3_600_000) : undefined;
}
