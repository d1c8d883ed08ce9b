import { describe, expect, test, vi } from 'vitest';
import * as faults from '../servers/faults.ts';
import { type RecordingServer, startRecordingServer } from '../servers/recording-server.ts';
import type { Fault } from '../servers/script.ts';
import * as sse from '../servers/vllm-faults.ts';
import type { VllmAnswer, VllmOptions } from '../servers/vllm-server.ts';
import { ASKED, ask, chat, script, servers, vllm } from '../support/openai-asking.ts';
import { ENDPOINT_ID } from '../support/routed-request.ts';
import type { Collected } from '../support/stream.ts';

const CODE = 'const größe = "日本語 🦀";\n\treturn a + b;\n';

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
