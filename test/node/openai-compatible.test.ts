import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StreamEvent } from '../../src/core/provider/provider.ts';
import { createOpenAiProvider, type HttpEndpoint, type OpenAiOptions } from '../../src/node/openai-compatible.ts';
import * as faults from '../servers/faults.ts';
import { type RecordingServer, startRecordingServer } from '../servers/recording-server.ts';
import type { Fault } from '../servers/script.ts';
import * as sse from '../servers/vllm-faults.ts';
import { startVllmServer, type VllmAnswer, type VllmOptions, type VllmServer } from '../servers/vllm-server.ts';
import { FIRST_TOKEN, passing, STALL } from '../support/alarms.ts';
import { type Asked, ENDPOINT_ID, type Routing, routedRequest } from '../support/routed-request.ts';
import { type Collected, collect } from '../support/stream.ts';

const servers: RecordingServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function vllm(options: VllmOptions): Promise<VllmServer> {
  const server = await startVllmServer(options);
  servers.push(server);
  return server;
}

const ASKED = 'const canary = "prompt-content-7f3a"; return ';
const completion: Asked = { kind: 'completion', prefix: `function sum() {\n  ${ASKED}`, suffix: ';\n}\n' };
const chat: Asked = { kind: 'chat', question: `Why ${ASKED}?` };

interface Setup {
  readonly kind?: HttpEndpoint['kind'];
  readonly asked?: Asked;
  readonly model?: Routing['model'];
  readonly limits?: { readonly firstTokenMs: number; readonly stallMs: number };
  readonly headers?: Record<string, string>;
  readonly auth?: boolean;
  readonly options?: Partial<OpenAiOptions>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StreamEvent) => void;
}

/** One request through the provider against a URL. */
async function ask(url: string, setup: Setup = {}): Promise<Collected> {
  const endpoint = {
    kind: setup.kind ?? 'vllm',
    url,
    boundary: 'on-premises',
    ...(setup.headers ? { headers: setup.headers } : {}),
    ...(setup.auth ? { auth: { secret: 'gpu' } } : {}),
    limits: { concurrency: 4, firstTokenMs: 15_000, stallMs: 15_000, coldStartMs: 60_000, ...setup.limits },
  } as const;
  const request = routedRequest(setup.asked ?? completion, {
    endpoint,
    ...(setup.model ? { model: setup.model } : {}),
  });
  const provider = createOpenAiProvider({
    endpointId: ENDPOINT_ID,
    endpoint,
    apiKey: async () => undefined,
    ...setup.options,
  });
  return collect(provider.stream(request, setup.signal ?? new AbortController().signal), setup.onEvent);
}

const CODE = 'const größe = "日本語 🦀";\n\treturn a + b;\n';
const script = (answer: VllmAnswer): VllmOptions => ({ answer });

describe('what is sent', () => {
  test('a completion is the rendered template with everything that has a bad default', async () => {
    const server = await vllm(script({ text: 'a + b' }));
    const answer = await ask(server.url);
    const [request] = server.asked;
    expect(answer).toMatchObject({ text: 'a + b', end: 'stop', usage: { outputTokens: 5 } });
    expect(request?.path).toBe('/v1/completions');
    expect(request?.body).toMatchObject({
      model: 'Qwen/Qwen2.5-Coder-7B',
      prompt: `<|fim_prefix|>function sum() {\n  ${ASKED}<|fim_suffix|>;\n}\n<|fim_middle|>`,
      max_tokens: 192,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(request?.body).not.toHaveProperty('suffix');
    expect(request?.headers['x-request-id']).toBe('test-request-1');
  });

  test('a chat turn is a system message and the turns', async () => {
    const server = await vllm({ ...script({ text: 'Because.' }), tellsCachedTokens: true });
    const answer = await ask(server.url, { asked: chat });
    expect(answer).toMatchObject({ text: 'Because.', end: 'stop', usage: { cachedTokens: expect.any(Number) } });
    expect(server.asked[0]?.path).toBe('/v1/chat/completions');
    expect(server.asked[0]?.body).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user', content: `Why ${ASKED}?` }],
      max_tokens: expect.any(Number),
    });
  });

  test('headers are those of policy and ours, none of the SDK or the environment', async () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1');
    vi.stubEnv('OPENAI_API_KEY', 'from-the-environment');
    vi.stubEnv('OPENAI_ORG_ID', 'from-the-environment');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Evil: from-the-environment');
    const server = await vllm({ ...script({ text: 'x' }), apiKey: 'right' });
    const answer = await ask(server.url, {
      auth: true,
      headers: { session: 'X-Session-ID', 'routing-strategy': 'prefix-cache' },
      options: { apiKey: async () => 'right\n', sessionId: 'window-1' },
    });
    vi.unstubAllEnvs();
    expect(answer.end).toBe('stop');
    const { headers } = server.asked[0] ?? { headers: {} };
    expect(headers).toMatchObject({
      authorization: 'Bearer right',
      'x-session-id': 'window-1',
      'routing-strategy': 'prefix-cache',
      'user-agent': 'postern',
    });
    expect(Object.keys(headers).filter((name) => /stainless|openai|evil/.test(name))).toEqual([]);
    expect(server.received()).not.toContain('from-the-environment');
  });

  test.each([
    ['no key where one is needed', undefined],
    ['a key that no header can carry', 'ключ'],
  ])('%s: nothing is sent', async (_name, key) => {
    const server = await vllm(script({ text: 'x' }));
    const answer = await ask(server.url, { auth: true, options: { apiKey: async () => key } });
    expect(answer.error).toMatchObject({ kind: 'unauthorised', endpointId: ENDPOINT_ID });
    expect(server.received()).toBe('');
  });
});

describe('bytes in any cut and dress give the same text', () => {
  test.each([
    ['plain', []],
    ['one byte a segment', [faults.segments(1)]],
    ['seven bytes a segment', [faults.segments(7)]],
    ['CRLF', [sse.crlf]],
    ['CRLF, one byte a segment', [sse.crlf, faults.segments(1)]],
    ['comments', [sse.comments]],
    ['events of many lines', [sse.multiLineEvents]],
    ['all of it', [sse.multiLineEvents, sse.comments, sse.crlf, faults.segments(3)]],
  ])('%s', async (_name, list) => {
    const server = await vllm(script({ chunks: [CODE, CODE], faults: list }));
    expect(await ask(server.url)).toMatchObject({ text: CODE + CODE, end: 'stop' });
    expect(await ask(server.url, { asked: chat })).toMatchObject({ text: CODE + CODE, end: 'stop' });
  });
});

describe('thoughts are told apart', () => {
  const inline = ['<th', 'ink>Let me', ' see <b', '></thi', 'nk>\n', '\nReturn ', '`a`, not <think>.'];
  test.each<[string, Partial<VllmOptions>, VllmAnswer, boolean, string, string]>([
    ['reasoning', {}, { reasoning: ['Let ', 'me'], text: 'Yes.' }, true, 'Let me', 'Yes.'],
    [
      'reasoning_content',
      { reasoningField: 'reasoning_content' },
      { reasoning: ['Let ', 'me'], text: 'Yes.' },
      true,
      'Let me',
      'Yes.',
    ],
    ['inline, in pieces', {}, { chunks: inline }, false, 'Let me see <b>', 'Return `a`, not <think>.'],
    ['inline, of a reasoning model', {}, { chunks: inline }, true, 'Let me see <b>', 'Return `a`, not <think>.'],
    ['only closed', {}, { chunks: ['Let me', '</think>', 'Yes.'] }, true, 'Let me', 'Yes.'],
    ['a reasoning model that does not think', {}, { chunks: ['Y', 'es.'] }, true, '', 'Yes.'],
    ['in one JSON answer', {}, { reasoning: ['Let me'], text: 'Yes.', whole: true }, true, 'Let me', 'Yes.'],
    ['never closed', {}, { chunks: ['<think>', 'Let me'] }, false, 'Let me', ''],
  ])('%s', async (_name, options, answer, reasoning, thought, text) => {
    const server = await vllm({ answer, ...options });
    expect(await ask(server.url, { asked: chat, model: { reasoning } })).toMatchObject({ reasoning: thought, text });
  });

  test('a completion is code, tags and all', async () => {
    const server = await vllm(script({ chunks: ['<think>', 'x</think>'] }));
    expect(await ask(server.url)).toMatchObject({ reasoning: '', text: '<think>x</think>' });
  });
});

describe('how an answer ends', () => {
  test.each<[string, VllmAnswer, Partial<Collected>]>([
    ['finished', { text: 'a b' }, { text: 'a b', end: 'stop' }],
    ['at its limit', { text: 'a b', finish: 'length' }, { text: 'a b', end: 'length' }],
    ['dropped by the engine', { text: 'a b', finish: 'abort' }, { text: 'a b', end: 'cut' }],
    ['JSON where a stream was asked', { text: 'a b', whole: true }, { text: 'a b', end: 'stop' }],
    ['clean end without a finish reason', { text: 'a b', faults: [faults.endAfter(2)] }, { text: 'a ', end: 'cut' }],
    ['[DONE] without a finish reason', { text: 'a b', faults: [sse.doneWithoutFinish(2)] }, { text: 'a ', end: 'cut' }],
    ['reset after two tokens', { text: 'a b', faults: [faults.resetAfter(2)] }, { text: 'a ', end: 'cut' }],
    ['nothing at all', { text: 'a b', faults: [faults.endAfter(0)] }, { text: '', end: undefined }],
    ['an empty answer', { text: '' }, { text: '', end: 'stop' }],
  ])('%s', async (_name, answer, expected) => {
    const server = await vllm(script(answer));
    expect(await ask(server.url)).toMatchObject(expected);
    expect(server.asked).toHaveLength(1);
  });
});

describe('what went wrong', () => {
  const LONG =
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4808 in the messages, 192 in the completion).";
  test.each<[string, VllmAnswer, object]>([
    [
      'too long',
      { faults: [sse.refuses(400, 'BadRequestError', LONG)] },
      {
        kind: 'context-too-long',
        status: 400,
        detail: 'the model takes 4096 tokens, asked for 5000 (BadRequestError)',
      },
    ],
    [
      'too long, older shape',
      { faults: [sse.refuses(400, 'BadRequestError', LONG, 'flat')] },
      { kind: 'context-too-long' },
    ],
    [
      'suffix',
      { faults: [sse.refuses(400, 'BadRequestError', 'suffix is not currently supported')] },
      { kind: 'bad-request', status: 400 },
    ],
    [
      '401, bare string',
      { faults: [faults.answers(401, { error: 'Unauthorized' })] },
      { kind: 'unauthorised', status: 401 },
    ],
    [
      '403',
      { faults: [faults.answers(403, '<html>Forbidden</html>', { 'content-type': 'text/html' })] },
      { kind: 'forbidden' },
    ],
    [
      '404, no such path',
      { faults: [faults.answers(404, { detail: 'Not Found' })] },
      { kind: 'bad-request', status: 404 },
    ],
    [
      '404 of Ollama',
      { faults: [sse.refuses(404, 'not_found_error', 'model "x" not found, try pulling it first')] },
      { kind: 'unknown-model' },
    ],
    ['413', { faults: [faults.answers(413, '')] }, { kind: 'context-too-long' }],
    ['429', { faults: [sse.rateLimited()] }, { kind: 'rate-limited', status: 429 }],
    ['429 with Retry-After', { faults: [sse.rateLimited(7)] }, { kind: 'rate-limited', retryAfterMs: 7000 }],
    ['500', { faults: [sse.refuses(500, 'InternalServerError', 'boom')] }, { kind: 'server' }],
    ['502 HTML', { faults: [faults.unavailableHtml(502)] }, { kind: 'warming', status: 502 }],
    ['503 HTML', { faults: [faults.unavailableHtml(503)] }, { kind: 'warming', status: 503 }],
    ['504 HTML', { faults: [faults.unavailableHtml(504)] }, { kind: 'warming', status: 504 }],
    [
      '200 HTML',
      { faults: [faults.answers(200, '<html>Sign in</html>', { 'content-type': 'text/html' })] },
      { kind: 'protocol' },
    ],
    [
      'error inside the stream',
      { text: 'a b', faults: [sse.errorEvent(2, 'engine died')] },
      { kind: 'server', status: 500 },
    ],
    [
      'error first in the stream',
      { text: 'a b', faults: [sse.errorEvent(0, LONG, 'BadRequestError', 400)] },
      { kind: 'context-too-long' },
    ],
    ['malformed event', { text: 'a b', faults: [sse.malformedEvent(1)] }, { kind: 'protocol' }],
    ['10 MB line', { text: 'a b', faults: [sse.endlessLine(1, 10_000_000)] }, { kind: 'protocol' }],
    ['reset before the head', { faults: [faults.resetAtOnce] }, { kind: 'unreachable' }],
    ['reset before the first token', { text: 'a b', faults: [faults.resetAfter(0)] }, { kind: 'unreachable' }],
    ['ended before the first token', { text: 'a b', faults: [faults.endAfter(0)] }, { kind: 'server' }],
  ])('%s', async (_name, answer, expected) => {
    const server = await vllm(script(answer));
    const { error } = await ask(server.url);
    expect(error).toMatchObject({ endpointId: ENDPOINT_ID, ...expected });
    expect(server.asked).toHaveLength(1);
  });

  test('an unknown model', async () => {
    const server = await vllm({ ...script({ text: 'x' }), models: ['another'] });
    expect((await ask(server.url)).error).toMatchObject({ kind: 'unknown-model', status: 404 });
  });

  test('details never quote the request', async () => {
    const quoting = { faults: [sse.refuses(400, ASKED, `bad input: ${ASKED}`)] };
    for (const status of [400, 401, 403, 404, 422, 429, 500, 503]) {
      const fault = faults.answers(status, { error: { message: ASKED, type: 'prompt-content-7f3a', code: ASKED } });
      const server = await vllm({ answer: [{ faults: [fault] }, quoting] });
      for (const { error } of [await ask(server.url), await ask(server.url)])
        expect(error?.detail).toSatisfy((detail: string) => detail !== '' && !detail.includes('prompt-content'));
    }
  });

  test('nobody listens', async () => {
    const server = await startVllmServer(script({ text: 'x' }));
    await server.close();
    expect((await ask(server.url)).error).toMatchObject({ kind: 'unreachable', detail: 'connection refused' });
  });

  test('a redirect is refused, and nothing reaches the other host', async () => {
    const other = await vllm(script({ text: 'x' }));
    for (const status of [301, 302, 307, 308] as const) {
      const server = await vllm(script({ faults: [faults.redirect(`${other.url}/completions`, status)] }));
      expect((await ask(server.url)).error).toMatchObject({ kind: 'redirected' });
    }
    expect(other.received()).toBe('');
    expect(other.requests).toEqual([]);
  });
});

describe('deadlines', () => {
  const limits = { firstTokenMs: FIRST_TOKEN, stallMs: STALL };
  const thinking = { reasoning: ['hm'], text: 'a b', faults: [faults.stallAfter(0)] };
  test.each<[string, number, VllmAnswer, object]>([
    ['no head', FIRST_TOKEN, { text: 'a b', faults: [faults.held(60_000)] }, { error: { kind: 'deadline' } }],
    ['no first token', FIRST_TOKEN, { text: 'a b', faults: [faults.stallAfter(0)] }, { error: { kind: 'deadline' } }],
    ['a stall among thoughts', STALL, thinking, { error: { kind: 'stalled' }, reasoning: 'hm' }],
    ['a stall after text', STALL, { text: 'a b', faults: [faults.stallAfter(1)] }, { end: 'cut', text: 'a' }],
  ])('%s: given up, and the socket closed', async (_name, which, answer, expected) => {
    const server = await vllm(script(answer));
    const { alarm, pending } = passing(which, server);
    expect(await ask(server.url, { asked: chat, limits, options: { alarm } })).toMatchObject(expected);
    const request = await server.request(0);
    await request.over;
    expect(request.hungUpAt).toBeDefined();
    expect(pending()).toBe(0);
  });

  test('an answer that keeps coming is never given up, whatever its first token took', async () => {
    const server = await vllm(script({ reasoning: ['hm'], text: 'a b c d', faults: [faults.slowChunks(5)] }));
    const { alarm } = passing(undefined, server);
    expect(await ask(server.url, { asked: chat, limits, options: { alarm } })).toMatchObject({
      text: 'a b c d',
      end: 'stop',
    });
  });
});

describe('a person aborts', () => {
  test('before anything is sent', async () => {
    const server = await vllm(script({ text: 'a' }));
    expect(await ask(server.url, { signal: AbortSignal.abort() })).toMatchObject({ end: 'aborted', text: '' });
    expect(server.received()).toBe('');
  });

  test('while the key is looked up: nothing is sent', async () => {
    const server = await vllm(script({ text: 'a' }));
    const controller = new AbortController();
    let release: (key: string) => void = () => {};
    const key = new Promise<string>((resolve) => {
      release = resolve;
    });
    const apiKey = () => {
      queueMicrotask(() => controller.abort());
      return key;
    };
    expect(await ask(server.url, { auth: true, options: { apiKey }, signal: controller.signal })).toMatchObject({
      end: 'aborted',
    });
    release('late');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.received()).toBe('');
  });

  test.each<[string, VllmAnswer, 'request' | 'text']>([
    ['before the head', { text: 'a b', faults: [faults.held(60_000)] }, 'request'],
    ['before the first token', { text: 'a b', faults: [faults.slowFirstToken(60_000)] }, 'request'],
    ['in mid-stream', { text: 'a b', faults: [faults.stallAfter(1)] }, 'text'],
  ])('%s: the server sees the socket close', async (_name, answer, when) => {
    const server = await vllm(script(answer));
    const controller = new AbortController();
    const stop = () => controller.abort();
    if (when === 'request') void server.request(0).then(stop);
    const got = await ask(server.url, {
      signal: controller.signal,
      onEvent: (event) => {
        if (when === 'text' && event.type === 'text') stop();
      },
    });
    expect(got.end).toBe('aborted');
    const request = await server.request(0);
    await request.over;
    expect(request.hungUpAt).toBeDefined();
  });

  test('by reading no further: the socket closes too', async () => {
    const server = await vllm(script({ text: 'a b', faults: [faults.stallAfter(1)] }));
    const endpoint = { kind: 'vllm', url: server.url, boundary: 'on-premises' } as const;
    const provider = createOpenAiProvider({ endpointId: ENDPOINT_ID, endpoint, apiKey: async () => undefined });
    for await (const event of provider.stream(routedRequest(completion, { endpoint }), new AbortController().signal))
      if (event.type === 'text') break;
    const request = await server.request(0);
    await request.over;
    expect(request.hungUpAt).toBeDefined();
  });
});

describe('completions of Ollama', () => {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  const last = { response: '', done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 2 };
  const ndjson = (...values: readonly object[]) =>
    faults.answers(200, values.map(line).join(''), { 'content-type': 'application/x-ndjson' });

  test.each<[string, readonly object[], object]>([
    [
      'whole',
      [{ response: 'a ' }, { response: 'b' }, last],
      { text: 'a b', end: 'stop', usage: { inputTokens: 9, outputTokens: 2 } },
    ],
    ['at its limit', [{ response: 'a' }, { ...last, done_reason: 'length' }], { text: 'a', end: 'length' }],
    ['cut', [{ response: 'a' }], { text: 'a', end: 'cut' }],
    ['nothing', [], { error: { kind: 'server' } }],
    [
      'an error inside',
      [{ response: 'a' }, { error: 'an error was encountered' }],
      { text: 'a', error: { kind: 'server' } },
    ],
    ['an error at once', [{ error: 'model runner has unexpectedly stopped' }], { error: { kind: 'server' } }],
  ])('%s', async (_name, lines, expected) => {
    const server = await generateServer(ndjson(...lines));
    expect(await ask(`${server.origin}/v1`, { kind: 'ollama' })).toMatchObject(expected);
    expect(server.requests.map(({ path }) => path)).toEqual(['/api/generate']);
    expect(server.requests[0]?.body).toMatchObject({
      prompt: `<|fim_prefix|>function sum() {\n  ${ASKED}<|fim_suffix|>;\n}\n<|fim_middle|>`,
      raw: true,
      options: { num_predict: 192, temperature: 0 },
    });
  });

  async function generateServer(fault: Fault): Promise<RecordingServer> {
    const server = await startRecordingServer(async (exchange) => fault.instead?.(exchange));
    servers.push(server);
    return server;
  }
});

test('finished answers leave their connection for the next request', async () => {
  const server = await vllm(script({ text: 'a b' }));
  for (let i = 0; i < 5; i++) await ask(server.url);
  expect(server.asked).toHaveLength(5);
  expect(server.connections).toBeLessThanOrEqual(2);
});
