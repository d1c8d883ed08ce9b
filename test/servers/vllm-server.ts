import {
  type Exchange,
  type Listening,
  type RecordedRequest,
  type RecordingServer,
  respond,
  startRecordingServer,
} from './recording-server.ts';
import {
  type Answer,
  createFrameWriter,
  createScriptReader,
  runBefore,
  type Script,
  type ScriptedStream,
} from './script.ts';
import { tokenId, tokenize } from './tokens.ts';
import * as wire from './vllm-wire.ts';

/**
 * A server with the behaviour of vLLM's OpenAI server, for tests and for trying by hand:
 *
 *     const server = await startVllmServer({ answer: { text: 'return total;', faults: [crlf] } });
 *     … server.url is the base URL, server.requests what arrived …
 *     await server.close();
 *
 * It checks requests as vLLM does (key, model, context length, unknown fields), counts tokens, cuts at `max_tokens` and
 * at `stop`, and streams what the script says. `/v1/completions` has max_tokens 16 when the request names none.
 */
export interface VllmOptions extends Listening {
  readonly answer: Script<VllmAnswer>;
  readonly models?: readonly string[];
  readonly maxModelLen?: number;
  /** With it, everything below /v1 wants `Authorization: Bearer <key>`. */
  readonly apiKey?: string;
  /** Control tokens of the model's family; `/tokenize` makes one token of each. */
  readonly markers?: readonly string[];
  readonly reasoningField?: wire.ReasoningField;
  /** As --enable-prompt-tokens-details: usage says how much of the prompt was cached. */
  readonly tellsCachedTokens?: boolean;
}

export interface VllmAnswer extends Answer {
  /** Finish reason when neither `max_tokens` nor `stop` ends the answer first. */
  readonly finish?: wire.Finish;
  /** JSON although a stream was asked for. */
  readonly whole?: boolean;
}

export interface VllmServer extends RecordingServer {
  /** Base URL with `/v1`. */
  readonly url: string;
  /** Requests to `/v1/completions` and `/v1/chat/completions`, without probes. */
  readonly asked: readonly RecordedRequest[];
}

export const VLLM_MODEL = 'Qwen/Qwen2.5-Coder-7B';

interface Context {
  readonly models: readonly string[];
  readonly maxModelLen: number;
  readonly markers: readonly string[];
  readonly options: VllmOptions;
  readonly next: (request: RecordedRequest) => VllmAnswer | Promise<VllmAnswer>;
}

export async function startVllmServer(options: VllmOptions): Promise<VllmServer> {
  const context: Context = {
    models: options.models ?? [VLLM_MODEL],
    maxModelLen: options.maxModelLen ?? 32_768,
    markers: options.markers ?? [],
    options,
    next: createScriptReader(options.answer),
  };
  const server = await startRecordingServer((exchange) => dispatch(exchange, context), options);
  return Object.defineProperties(server as VllmServer, {
    url: { value: `${server.origin}/v1` },
    asked: { get: () => server.requests.filter((request) => /^\/v1\/(?:chat\/)?completions$/.test(request.path)) },
  });
}

type Fields = Readonly<Record<string, unknown>>;

async function dispatch(exchange: Exchange, context: Context): Promise<void> {
  const { method, path, headers, body } = exchange.request;
  const { apiKey } = context.options;
  if (apiKey !== undefined && path.startsWith('/v1') && headers.authorization !== `Bearer ${apiKey}`)
    return respond(exchange, 401, { error: 'Unauthorized' });
  const fields = typeof body === 'object' && body !== null ? (body as Fields) : undefined;
  switch (`${method} ${path}`) {
    case 'GET /health':
      return respond(exchange, 200, '');
    case 'GET /v1/models':
      return respond(exchange, 200, wire.modelList(context.models, context.maxModelLen, seconds()));
    case 'POST /tokenize':
      return tokenized(exchange, fields, context);
    case 'POST /v1/completions':
      return answered('completion', exchange, fields, context);
    case 'POST /v1/chat/completions':
      return answered('chat', exchange, fields, context);
    default:
      return respond(exchange, 404, { detail: 'Not Found' });
  }
}

function tokenized(exchange: Exchange, fields: Fields | undefined, context: Context): undefined {
  const prompt = fields?.prompt;
  if (typeof prompt !== 'string')
    return bad(exchange, "1 validation error:\n  {'type': 'missing', 'loc': ('body', 'prompt')}");
  const tokens = tokenize(prompt, context.markers);
  respond(exchange, 200, {
    count: tokens.length,
    max_model_len: context.maxModelLen,
    tokens: tokens.map(tokenId),
    token_strs: fields?.return_token_strs === true ? tokens : null,
  });
}

/** A request that passed vLLM's own checks. */
interface Checked {
  readonly head: wire.AnswerHead;
  readonly promptTokens: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

async function answered(
  kind: 'completion' | 'chat',
  exchange: Exchange,
  fields: Fields | undefined,
  context: Context,
): Promise<void> {
  const checked = check(kind, exchange, fields, context);
  if (!checked) return;
  const answer = await context.next(exchange.request);
  const instead = answer.faults?.find((fault) => fault.instead)?.instead;
  if (instead) return instead(exchange);
  const limited = limit(answer, checked, context.markers);
  if (checked.stream && !answer.whole) return stream(exchange, answer, limited, checked, context);
  const whole = { text: limited.chunks.join(''), reasoning: (answer.reasoning ?? []).join(''), finish: limited.finish };
  const counted = count(checked, limited.chunks, answer, context);
  respond(exchange, 200, wire.wholeBody(checked.head, whole, context.options.reasoningField ?? 'reasoning', counted));
}

/** Fields that vLLM knows but that a server refuses unless it was started for them. */
const REFUSED: Readonly<Record<string, string>> = {
  suffix: 'suffix is not currently supported',
  priority: 'Got priority but Priority scheduling is not enabled.',
};

function check(
  kind: 'completion' | 'chat',
  exchange: Exchange,
  fields: Fields | undefined,
  context: Context,
): Checked | undefined {
  const prompt = kind === 'chat' ? fields?.messages : fields?.prompt;
  if (!fields || prompt === undefined)
    return bad(
      exchange,
      `1 validation error:\n  {'type': 'missing', 'loc': ('body', '${kind === 'chat' ? 'messages' : 'prompt'}'), 'msg': 'Field required'}`,
    );
  const model = String(fields.model);
  if (!context.models.includes(model)) {
    respond(exchange, 404, wire.errorBody(404, 'NotFoundError', wire.unknownModel(model), 'model'));
    return undefined;
  }
  for (const [field, message] of Object.entries(REFUSED)) if (fields[field] != null) return bad(exchange, message);
  const text = typeof prompt === 'string' ? prompt : JSON.stringify(prompt);
  const promptTokens = tokenize(text, context.markers).length;
  const wanted = fields.max_tokens ?? fields.max_completion_tokens;
  const room = context.maxModelLen - promptTokens;
  const maxTokens = typeof wanted === 'number' ? wanted : kind === 'completion' ? 16 : Math.max(0, room);
  if (maxTokens < 1) return bad(exchange, `max_tokens must be at least 1, got ${maxTokens}.`);
  if (maxTokens > room) return bad(exchange, wire.tooLong(context.maxModelLen, promptTokens, maxTokens));
  const stop = fields.stop;
  return {
    head: {
      kind,
      id: `${kind === 'chat' ? 'chatcmpl' : 'cmpl'}-${exchange.request.headers['x-request-id'] ?? 'none'}`,
      created: seconds(),
      model,
    },
    promptTokens,
    maxTokens,
    stop: typeof stop === 'string' ? [stop] : Array.isArray(stop) ? stop.map(String) : [],
    stream: fields.stream === true,
    includeUsage: (fields.stream_options as Fields | undefined)?.include_usage === true,
  };
}

interface Limited {
  readonly chunks: readonly string[];
  readonly finish: wire.Finish;
}

/** Cuts an answer at `max_tokens`, each chunk a token, and before the first stop string, as the engine does. */
function limit(answer: VllmAnswer, checked: Checked, markers: readonly string[]): Limited {
  const all = answer.chunks ?? tokenize(answer.text ?? '', markers);
  const chunks = all.slice(0, checked.maxTokens);
  const text = chunks.join('');
  const stops = checked.stop.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
  if (stops.length === 0) return { chunks, finish: all.length > chunks.length ? 'length' : (answer.finish ?? 'stop') };
  let left = Math.min(...stops);
  const kept: string[] = [];
  for (const chunk of chunks) {
    if (left <= 0) break;
    kept.push(chunk.slice(0, left));
    left -= chunk.length;
  }
  return { chunks: kept, finish: 'stop' };
}

async function stream(
  exchange: Exchange,
  answer: VllmAnswer,
  limited: Limited,
  checked: Checked,
  context: Context,
): Promise<void> {
  const { response } = exchange;
  const faults = answer.faults ?? [];
  const writer = createFrameWriter(exchange, faults);
  const scripted: ScriptedStream = { exchange, chunks: limited.chunks.length, write: writer.raw };
  for (const fault of faults) await fault.beforeHead?.(exchange);
  if (exchange.gone.aborted) return;
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': checked.head.id });
  response.flushHeaders();
  const { head } = checked;
  for (const text of answer.reasoning ?? [])
    await writer.frame(wire.sse(wire.reasoningChunk(head, context.options.reasoningField ?? 'reasoning', text)));
  for (const [index, text] of limited.chunks.entries()) {
    if ((await runBefore(faults, index, scripted)) === 'end') return;
    if (index === 0 && head.kind === 'chat') await writer.frame(wire.sse(wire.openingChunk(head)));
    await writer.frame(wire.sse(wire.textChunk(head, text)));
  }
  if ((await runBefore(faults, limited.chunks.length, scripted)) === 'end') return;
  await writer.frame(wire.sse(wire.finishChunk(head, limited.finish)));
  if (checked.includeUsage)
    await writer.frame(wire.sse(wire.usageChunk(head, count(checked, limited.chunks, answer, context))));
  await writer.frame(wire.SSE_DONE);
  response.end();
}

const count = (checked: Checked, chunks: readonly string[], answer: VllmAnswer, context: Context): wire.Counted => ({
  promptTokens: checked.promptTokens,
  completionTokens: chunks.length + (answer.reasoning?.length ?? 0),
  ...(context.options.tellsCachedTokens ? { cachedTokens: Math.floor(checked.promptTokens / 16) * 16 } : {}),
});

function bad(exchange: Exchange, message: string): undefined {
  respond(exchange, 400, wire.errorBody(400, 'BadRequestError', message));
}

const seconds = (): number => Math.floor(Date.now() / 1000);
