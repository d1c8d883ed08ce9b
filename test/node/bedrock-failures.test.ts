import { describe, expect, test, vi } from 'vitest';
import * as aws from '../servers/bedrock-faults.ts';
import { type BedrockAnswer, type BedrockServer, startBedrockServer } from '../servers/bedrock-server.ts';
import * as faults from '../servers/faults.ts';
import { FIRST_TOKEN, passing, STALL } from '../support/alarms.ts';
import { ask, bedrock, QUESTION, script } from '../support/bedrock-asking.ts';
import { ENDPOINT_ID } from '../support/routed-request.ts';

describe('what went wrong', () => {
  const TOO_LONG = 'The model returned the following errors: Input is too long for requested model.';
  test.each<[string, BedrockAnswer, object]>([
    [
      'throttled',
      { faults: [aws.throws('ThrottlingException', 'Too many requests')] },
      { kind: 'rate-limited', status: 429 },
    ],
    ['not ready', { faults: [aws.throws('ModelNotReadyException', 'Try again')] }, { kind: 'warming' }],
    ['not available', { faults: [aws.throws('ServiceUnavailableException', 'x')] }, { kind: 'warming' }],
    ['model timeout', { faults: [aws.throws('ModelTimeoutException', 'x')] }, { kind: 'deadline' }],
    ['model error', { faults: [aws.throws('ModelErrorException', 'x')] }, { kind: 'server' }],
    ['too long', { faults: [aws.throws('ValidationException', TOO_LONG)] }, { kind: 'context-too-long' }],
    [
      'validation',
      { faults: [aws.throws('ValidationException', `Malformed ${QUESTION}`)] },
      { kind: 'bad-request', status: 400 },
    ],
    ['no access', { faults: [aws.throws('AccessDeniedException', "You don't have access")] }, { kind: 'forbidden' }],
    [
      'expired token',
      { faults: [aws.throws('ExpiredTokenException', 'The security token included in the request is expired')] },
      { kind: 'sign-in-expired' },
    ],
    ['no such model', { faults: [aws.throws('ResourceNotFoundException', 'x')] }, { kind: 'unknown-model' }],
    ['internal', { faults: [aws.throws('InternalServerException', 'x')] }, { kind: 'server' }],
    ['503 HTML of a gateway', { faults: [faults.unavailableHtml(503)] }, { kind: 'warming' }],
    ['504 HTML of a gateway', { faults: [faults.unavailableHtml(504)] }, { kind: 'warming' }],
    [
      'throttled in the stream',
      { text: 'a b', faults: [aws.throwsInStream(2, 'throttlingException', 'x')] },
      { kind: 'rate-limited' },
    ],
    [
      'model error in the stream',
      { text: 'a b', faults: [aws.throwsInStream(2, 'modelStreamErrorException', 'x')] },
      { kind: 'server' },
    ],
    [
      'first in the stream',
      { text: 'a b', faults: [aws.throwsInStream(0, 'validationException', TOO_LONG)] },
      { kind: 'context-too-long' },
    ],
    [
      'an unknown exception in the stream',
      { text: 'a b', faults: [aws.throwsInStream(2, 'somethingNewException', 'x')] },
      { kind: 'server' },
    ],
    ['wrong CRC', { text: 'a b', faults: [aws.wrongCrc(1)] }, { kind: 'protocol' }],
    ['a truncated first frame', { text: 'a b', faults: [aws.truncatedFrame(0)] }, { kind: 'server' }],
    ['reset before the head', { faults: [faults.resetAtOnce] }, { kind: 'unreachable', detail: 'connection reset' }],
    ['reset before the first text', { text: 'a b', faults: [faults.resetAfter(0)] }, { kind: 'unreachable' }],
    ['ended before the first text', { text: 'a b', faults: [faults.endAfter(0)] }, { kind: 'server' }],
  ])('%s', async (_name, answer, expected) => {
    const server = await bedrock(script(answer));
    const { error } = await ask(server);
    expect(error).toMatchObject({ endpointId: ENDPOINT_ID, ...expected });
    expect(error?.detail).not.toContain('prompt-content');
    expect(server.requests).toHaveLength(1);
  });

  test('an unknown model', async () => {
    const server = await bedrock({ ...script({ text: 'x' }), models: ['another'] });
    expect((await ask(server)).error).toMatchObject({ kind: 'unknown-model' });
  });

  test.each([
    ['behind', 600_000],
    ['ahead', -600_000],
  ])('a clock ten minutes %s is told as such', async (_name, clockAheadMs) => {
    const server = await bedrock({ ...script({ text: 'x' }), clockAheadMs });
    expect((await ask(server)).error).toMatchObject({ kind: 'clock-skew', status: 403 });
  });

  test.each<[string, (server: BedrockServer) => BedrockServer['keys'], string]>([
    ['a wrong secret', ({ keys }) => ({ ...keys, secretAccessKey: 'wrong' }), 'unauthorised'],
    ['an unknown key', ({ keys }) => ({ ...keys, accessKeyId: 'ASIAUNKNOWN' }), 'unauthorised'],
    ['another session token', ({ keys }) => ({ ...keys, sessionToken: 'other' }), 'unauthorised'],
  ])('%s', async (_name, keysOf, kind) => {
    const server = await bedrock(script({ text: 'x' }));
    expect((await ask(server, { credentials: { ...keysOf(server) } })).error).toMatchObject({ kind });
  });

  test.each([
    ['Token is expired. To refresh this SSO session run aws sso login', 'sign-in-expired'],
    ['Could not resolve credentials using profile: [test]', 'unauthorised'],
  ])('credentials: %s', async (message, kind) => {
    const server = await bedrock(script({ text: 'x' }));
    const credentials = async () => {
      throw Object.assign(new Error(message), { name: 'CredentialsProviderError' });
    };
    expect((await ask(server, { credentials })).error).toMatchObject({ kind });
    expect(server.received()).toBe('');
  });

  test('a profile that does not exist', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
    for (const method of ['sso', 'profile', 'credential-process', 'assume-role'] as const) {
      const server = await bedrock(script({ text: 'x' }));
      const got = await ask(server, { endpoint: { auth: { profile: 'nobody', method } }, credentials: null });
      expect([method, got.error?.kind]).toEqual([method, 'unauthorised']);
      expect(server.received()).toBe('');
    }
  });

  test('nobody listens', async () => {
    const server = await startBedrockServer(script({ text: 'x' }));
    await server.close();
    expect((await ask(server)).error).toMatchObject({ kind: 'unreachable', detail: 'connection refused' });
  });

  test('a redirect is refused, and nothing reaches the other host', async () => {
    const other = await bedrock(script({ text: 'x' }));
    for (const status of [301, 302, 307, 308] as const) {
      const server = await bedrock(
        script({ faults: [faults.redirect(`${other.origin}/model/x/converse-stream`, status)] }),
      );
      expect((await ask(server)).error).toMatchObject({ kind: 'redirected' });
    }
    expect(other.received()).toBe('');
  });
});

describe('deadlines', () => {
  test.each<[string, number, BedrockAnswer, object]>([
    ['no head', FIRST_TOKEN, { text: 'a b', faults: [faults.held(60_000)] }, { error: { kind: 'deadline' } }],
    ['no first token', FIRST_TOKEN, { text: 'a b', faults: [faults.stallAfter(0)] }, { error: { kind: 'deadline' } }],
    ['a stall after text', STALL, { text: 'a b', faults: [faults.stallAfter(1)] }, { end: 'cut', text: 'a' }],
  ])('%s: given up, and the socket closed', async (_name, which, answer, expected) => {
    const server = await bedrock(script(answer));
    const { alarm, pending } = passing(which, server);
    const limits = { firstTokenMs: FIRST_TOKEN, stallMs: STALL };
    expect(await ask(server, { limits, alarm })).toMatchObject(expected);
    const request = await server.request(0);
    await request.over;
    expect(request.hungUpAt).toBeDefined();
    expect(pending()).toBe(0);
  });
});

describe('a person aborts', () => {
  test('before anything is sent', async () => {
    const server = await bedrock(script({ text: 'a' }));
    expect(await ask(server, { signal: AbortSignal.abort() })).toMatchObject({ end: 'aborted', text: '' });
    expect(server.received()).toBe('');
  });

  test('while credentials are fetched: nothing is sent', async () => {
    const server = await bedrock(script({ text: 'a' }));
    const controller = new AbortController();
    let release: (keys: BedrockServer['keys']) => void = () => {};
    const keys = new Promise<BedrockServer['keys']>((resolve) => {
      release = resolve;
    });
    const credentials = () => {
      queueMicrotask(() => controller.abort());
      return keys.then((found) => ({ ...found }));
    };
    expect(await ask(server, { credentials, signal: controller.signal })).toMatchObject({
      end: 'aborted',
    });
    release(server.keys);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.received()).toBe('');
  });

  test.each<[string, BedrockAnswer, 'request' | 'text']>([
    ['before the head', { text: 'a b', faults: [faults.held(60_000)] }, 'request'],
    ['before the first token', { text: 'a b', faults: [faults.slowFirstToken(60_000)] }, 'request'],
    ['in mid-stream', { text: 'a b', faults: [faults.stallAfter(1)] }, 'text'],
  ])('%s: the server sees the socket close', async (_name, answer, when) => {
    const server = await bedrock(script(answer));
    const controller = new AbortController();
    const stop = () => controller.abort();
    if (when === 'request') void server.request(0).then(stop);
    const got = await ask(server, {
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
});
