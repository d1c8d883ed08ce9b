import { describe, expect, test } from 'vitest';
import { createOpenAiProvider } from '../../src/node/openai-compatible.ts';
import * as faults from '../servers/faults.ts';
import * as sse from '../servers/vllm-faults.ts';
import { startVllmServer, type VllmAnswer } from '../servers/vllm-server.ts';
import { FIRST_TOKEN, passing, STALL } from '../support/alarms.ts';
import { ASKED, ask, chat, completion, script, vllm } from '../support/openai-asking.ts';
import { ENDPOINT_ID, routedRequest } from '../support/routed-request.ts';

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
