import * as wire from './bedrock-wire.ts';
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
import { type AwsError, type AwsKeys, signatureError } from './sigv4.ts';
import { tokenize } from './tokens.ts';

/**
 * A server with the behaviour of the Bedrock runtime, for tests and for trying by hand:
 *
 *     const server = await startBedrockServer({ answer: { text: 'Because.' } });
 *     … server.host is the endpoint's host and port, server.keys what clients must sign with …
 *     await server.close();
 *
 * It verifies each signature by signing again, checks what Converse checks (roles, maxTokens, empty text, known model), and
 * streams the script's answer as event-stream frames with their CRCs.
 */
export interface BedrockOptions extends Listening {
  readonly answer: Script<BedrockAnswer>;
  readonly models?: readonly string[];
  readonly region?: string;
  /** Milliseconds by which the server's clock is ahead of this machine's. */
  readonly clockAheadMs?: number;
  /** Whether signatures are checked. Only hand-testing without credentials turns it off. */
  readonly verify?: boolean;
}

export interface BedrockAnswer extends Answer {
  /** When neither maxTokens nor a stop sequence ends the answer first: `end_turn`, `guardrail_intervened` … */
  readonly stopReason?: string;
  /** Ends after messageStop, without metadata. */
  readonly withoutMetadata?: boolean;
}

export interface BedrockServer extends RecordingServer {
  /** Host and port, as an endpoint's `host` names it. */
  readonly host: string;
  readonly region: string;
  /** Made at random when the server starts. */
  readonly keys: AwsKeys;
}

export const BEDROCK_MODEL = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

interface Context {
  readonly models: readonly string[];
  readonly region: string;
  readonly keys: AwsKeys;
  readonly options: BedrockOptions;
  readonly next: (request: RecordedRequest) => BedrockAnswer | Promise<BedrockAnswer>;
}

export async function startBedrockServer(options: BedrockOptions): Promise<BedrockServer> {
  const context: Context = {
    models: options.models ?? [BEDROCK_MODEL],
    region: options.region ?? 'sa-east-1',
    keys: randomKeys(),
    options,
    next: createScriptReader(options.answer),
  };
  const server = await startRecordingServer((exchange) => dispatch(exchange, context), options);
  return Object.defineProperties(server as BedrockServer, {
    host: { value: `127.0.0.1:${server.port}` },
    region: { value: context.region },
    keys: { value: context.keys },
  });
}

function randomKeys(): AwsKeys {
  const letters = (length: number) =>
    Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32),
    ).join('');
  return { accessKeyId: `ASIA${letters(16)}`, secretAccessKey: letters(40), sessionToken: letters(80) };
}

type Fields = Readonly<Record<string, unknown>>;

async function dispatch(exchange: Exchange, context: Context): Promise<void> {
  const { request } = exchange;
  const route = /^\/model\/([^/]+)\/(converse|converse-stream)$/.exec(request.path);
  if (request.method !== 'POST' || !route)
    return fail(exchange, { status: 404, name: 'UnknownOperationException', message: 'Unknown operation' });
  const wrong = context.options.verify === false ? undefined : await verified(request, context);
  if (wrong) return fail(exchange, wrong);
  const model = decodeURIComponent(route[1] ?? '');
  const checked = check(request.body, model, context);
  if ('name' in checked) return fail(exchange, checked);
  const answer = await context.next(request);
  const instead = answer.faults?.find((fault) => fault.instead)?.instead;
  if (instead) return instead(exchange);
  const limited = limit(answer, checked);
  if (route[2] === 'converse-stream') return stream(exchange, answer, limited, checked);
  const usage = { inputTokens: checked.inputTokens, outputTokens: limited.chunks.length };
  respond(exchange, 200, wire.converseBody(limited.chunks.join(''), limited.stopReason, usage));
}

async function verified(request: RecordedRequest, context: Context): Promise<AwsError | undefined> {
  const token = request.headers['x-amz-security-token'];
  if (token !== undefined && token !== context.keys.sessionToken)
    return {
      status: 403,
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
  return signatureError(request, {
    keys: context.keys,
    region: context.region,
    service: 'bedrock',
    now: Date.now() + (context.options.clockAheadMs ?? 0),
  });
}

interface Checked {
  readonly maxTokens: number;
  readonly stopSequences: readonly string[];
  readonly inputTokens: number;
  readonly cachePoint: boolean;
}

/** What Converse refuses before a model sees it. */
function check(body: unknown, model: string, context: Context): Checked | AwsError {
  const invalid = (message: string): AwsError => ({ status: 400, name: 'ValidationException', message });
  if (!context.models.includes(model)) return invalid('The provided model identifier is invalid.');
  const { messages, system, inferenceConfig } = (body ?? {}) as Fields;
  if (!Array.isArray(messages) || messages.length === 0) return invalid('A conversation must have messages.');
  const turns = messages as readonly { readonly role?: unknown; readonly content?: readonly Fields[] }[];
  if (turns[0]?.role !== 'user') return invalid('A conversation must start with a user message.');
  if (turns.some((turn, index) => turn.role === turns[index - 1]?.role))
    return invalid('Roles must alternate between "user" and "assistant".');
  const blocks = [...turns.flatMap((turn) => turn.content ?? []), ...((system ?? []) as readonly Fields[])];
  if (blocks.some((block) => typeof block.text === 'string' && block.text.trim() === ''))
    return invalid('The text field in the ContentBlock object is blank. Add text to the text field, and try again.');
  const inference = (inferenceConfig ?? {}) as Fields;
  const text = blocks.map((block) => (typeof block.text === 'string' ? block.text : '')).join('');
  return {
    maxTokens: typeof inference.maxTokens === 'number' ? inference.maxTokens : 4096,
    stopSequences: Array.isArray(inference.stopSequences) ? inference.stopSequences.map(String) : [],
    inputTokens: tokenize(text, []).length,
    cachePoint: blocks.some((block) => 'cachePoint' in block),
  };
}

interface Limited {
  readonly chunks: readonly string[];
  readonly stopReason: string;
}

function limit(answer: BedrockAnswer, checked: Checked): Limited {
  const all = answer.chunks ?? tokenize(answer.text ?? '', []);
  const chunks = all.slice(0, checked.maxTokens);
  const text = chunks.join('');
  const stops = checked.stopSequences.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
  if (stops.length > 0) return { chunks: [text.slice(0, Math.min(...stops))], stopReason: 'stop_sequence' };
  return { chunks, stopReason: all.length > chunks.length ? 'max_tokens' : (answer.stopReason ?? 'end_turn') };
}

async function stream(exchange: Exchange, answer: BedrockAnswer, limited: Limited, checked: Checked): Promise<void> {
  const { response } = exchange;
  const faults = answer.faults ?? [];
  const writer = createFrameWriter(exchange, faults);
  const scripted: ScriptedStream = { exchange, chunks: limited.chunks.length, write: writer.raw };
  for (const fault of faults) await fault.beforeHead?.(exchange);
  if (exchange.gone.aborted) return;
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.flushHeaders();
  await writer.frame(wire.messageStart());
  for (const text of answer.reasoning ?? []) await writer.frame(wire.reasoningDelta(text));
  for (const [index, text] of limited.chunks.entries()) {
    if ((await runBefore(faults, index, scripted)) === 'end') return;
    await writer.frame(wire.textDelta(text));
  }
  if ((await runBefore(faults, limited.chunks.length, scripted)) === 'end') return;
  await writer.frame(wire.blockStop());
  await writer.frame(wire.messageStop(limited.stopReason));
  const usage = {
    inputTokens: checked.inputTokens,
    outputTokens: limited.chunks.length,
    ...(checked.cachePoint ? { cacheReadInputTokens: 0, cacheWriteInputTokens: checked.inputTokens } : {}),
  };
  if (!answer.withoutMetadata) await writer.frame(wire.metadata(usage));
  response.end();
}

function fail(exchange: Exchange, error: AwsError): void {
  const { status, body, headers } = wire.errorAnswer(error);
  respond(exchange, status, body, headers);
}
