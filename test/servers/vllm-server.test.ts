import { afterAll, beforeAll, expect, test } from 'vitest';
import { families } from '../../src/core/prompt/families.ts';
import { startVllmServer, VLLM_MODEL, type VllmServer } from './vllm-server.ts';

const LONG_ANSWER = Array.from({ length: 40 }, (_, index) => `w${index} `);
let server: VllmServer;
let locked: VllmServer;
beforeAll(async () => {
  const answer = { chunks: LONG_ANSWER };
  server = await startVllmServer({ answer, markers: families.qwen.markers, maxModelLen: 100 });
  locked = await startVllmServer({ answer, apiKey: 'right' });
});
afterAll(async () => {
  await server.close();
  await locked.close();
});

async function call(url: string, body?: unknown, headers: Record<string, string> = {}) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined };
}

const ask = { model: VLLM_MODEL, prompt: 'a b' };
const chat = { model: VLLM_MODEL, messages: [{ role: 'user', content: 'hi' }] };

test.each<[string, string, unknown, number, object]>([
  [
    'default max_tokens of completions is 16',
    '/v1/completions',
    ask,
    200,
    { choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 16 } },
  ],
  [
    'max_tokens',
    '/v1/completions',
    { ...ask, max_tokens: 60 },
    200,
    { choices: [{ finish_reason: 'stop' }], usage: { completion_tokens: 40 } },
  ],
  ['stop', '/v1/completions', { ...ask, stop: ['2 '] }, 200, { choices: [{ text: 'w0 w1 w', finish_reason: 'stop' }] }],
  [
    'chat has no small default',
    '/v1/chat/completions',
    chat,
    200,
    { choices: [{ finish_reason: 'stop', message: { role: 'assistant' } }] },
  ],
  [
    'suffix',
    '/v1/completions',
    { ...ask, suffix: 'b' },
    400,
    { error: { type: 'BadRequestError', message: 'suffix is not currently supported' } },
  ],
  ['priority', '/v1/completions', { ...ask, priority: 1 }, 400, { error: { code: 400 } }],
  [
    'unknown model',
    '/v1/completions',
    { ...ask, model: 'x' },
    404,
    { error: { type: 'NotFoundError', message: 'The model `x` does not exist.' } },
  ],
  ['no prompt', '/v1/completions', { model: VLLM_MODEL }, 400, { error: { type: 'BadRequestError' } }],
  [
    'too long',
    '/v1/completions',
    { ...ask, max_tokens: 99 },
    400,
    { error: { message: expect.stringContaining('maximum context length is 100 tokens') } },
  ],
  [
    'marker is one token',
    '/tokenize',
    { model: VLLM_MODEL, prompt: '<|fim_prefix|>' },
    200,
    { count: 1, max_model_len: 100 },
  ],
  ['foreign marker is several', '/tokenize', { model: VLLM_MODEL, prompt: '<PRE>' }, 200, { count: 3 }],
  ['unknown path', '/v1/nothing', {}, 404, { detail: 'Not Found' }],
])('%s', async (_name, path, body, status, expected) => {
  const got = await call(server.origin + path, body);
  expect(got.status).toBe(status);
  expect(got.json).toMatchObject(expected);
});

test('models say their context length', async () => {
  expect((await call(`${server.url}/models`)).json).toMatchObject({ data: [{ id: VLLM_MODEL, max_model_len: 100 }] });
});

test.each([
  ['/health', 200, {}],
  ['/v1/models', 401, {}],
  ['/v1/models', 200, { authorization: 'Bearer right' }],
])('key: %s %i', async (path, status, headers) => {
  const got = await call(locked.origin + path, undefined, headers);
  expect(got.status).toBe(status);
  if (status === 401) expect(got.text).toBe('{"error":"Unauthorized"}');
});

test('a stream has a role, deltas, a finish reason, usage without choices, and [DONE]', async () => {
  const { text } = await call(`${server.url}/chat/completions`, {
    ...chat,
    max_tokens: 2,
    stream: true,
    stream_options: { include_usage: true },
  });
  const events = text
    .split('\n\n')
    .filter(Boolean)
    .map((event) => event.replace('data: ', ''));
  expect(events.pop()).toBe('[DONE]');
  expect(events.map((event) => JSON.parse(event))).toMatchObject([
    { choices: [{ delta: { role: 'assistant' }, finish_reason: null }] },
    { choices: [{ delta: { content: 'w0 ' } }] },
    { choices: [{ delta: { content: 'w1 ' } }] },
    { choices: [{ finish_reason: 'length' }] },
    { choices: [], usage: { completion_tokens: 2 } },
  ]);
});

test('every byte is recorded', async () => {
  const one = await startVllmServer({ answer: { text: 'x' } });
  await call(`${one.url}/completions`, { ...ask, prompt: 'größe' }, { 'x-canary': 'seen' });
  const [request] = one.requests;
  expect(request?.raw.toString()).toMatch(/^POST \/v1\/completions HTTP\/1\.1\r\n/);
  expect(request?.raw.toString()).toContain('x-canary: seen');
  expect(request?.body).toMatchObject({ prompt: 'größe' });
  expect(Buffer.from(one.received(), 'latin1').toString()).toContain('größe');
  expect(request?.hungUpAt).toBeUndefined();
  await one.close();
});

test('a queue that ran dry says so', async () => {
  const one = await startVllmServer({ answer: [{ text: 'x' }] });
  expect((await call(`${one.url}/completions`, ask)).status).toBe(200);
  expect(await call(`${one.url}/completions`, ask)).toMatchObject({
    status: 500,
    text: expect.stringContaining('no answer left'),
  });
  await one.close();
});
