import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StreamEvent } from '../../src/core/provider/provider.ts';
import type { BedrockEndpoint } from '../../src/node/aws-credentials.ts';
import { type BedrockOptions, createBedrockProvider, endpointUrl } from '../../src/node/bedrock.ts';
import type { Alarm } from '../../src/node/guarded-stream.ts';
import * as aws from '../servers/bedrock-faults.ts';
import {
  BEDROCK_MODEL,
  type BedrockAnswer,
  type BedrockServer,
  type BedrockOptions as ServerOptions,
  startBedrockServer,
} from '../servers/bedrock-server.ts';
import * as faults from '../servers/faults.ts';
import { FIRST_TOKEN, passing, STALL } from '../support/alarms.ts';
import { type Asked, ENDPOINT_ID, routedRequest } from '../support/routed-request.ts';
import { type Collected, collect } from '../support/stream.ts';

const servers: BedrockServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server.close();
});

async function bedrock(options: ServerOptions): Promise<BedrockServer> {
  const server = await startBedrockServer(options);
  servers.push(server);
  return server;
}

const script = (answer: BedrockAnswer): ServerOptions => ({ answer });
const QUESTION = 'Why "prompt-content-7f3a"?';
const chat: Asked = { kind: 'chat', question: QUESTION };

interface Setup {
  readonly asked?: Asked;
  readonly modelName?: string;
  readonly reasoning?: boolean;
  readonly endpoint?: Partial<BedrockEndpoint>;
  /** In place of the server's own keys; null for the method that policy names. */
  readonly credentials?: BedrockOptions['credentials'] | null;
  readonly limits?: { readonly firstTokenMs: number; readonly stallMs: number };
  readonly alarm?: Alarm;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StreamEvent) => void;
}

/** One request through the provider against a server, signed with the keys that it knows. */
async function ask(server: BedrockServer, setup: Setup = {}): Promise<Collected> {
  const endpoint: BedrockEndpoint = {
    kind: 'bedrock',
    host: server.host,
    boundary: 'private-cloud',
    region: server.region,
    auth: { profile: 'test', method: 'profile' },
    crossRegion: 'refuse',
    limits: { concurrency: 4, firstTokenMs: 15_000, stallMs: 15_000, coldStartMs: 60_000, ...setup.limits },
    ...setup.endpoint,
  };
  const model = { name: setup.modelName ?? BEDROCK_MODEL, fim: 'hole' as const, reasoning: setup.reasoning ?? false };
  const credentials = setup.credentials === undefined ? { ...server.keys } : setup.credentials;
  const provider = createBedrockProvider({
    endpointId: ENDPOINT_ID,
    endpoint,
    ...(credentials === null ? {} : { credentials }),
    ...(setup.alarm ? { alarm: setup.alarm } : {}),
  });
  const request = routedRequest(setup.asked ?? chat, { endpoint, model });
  return collect(provider.stream(request, setup.signal ?? new AbortController().signal), setup.onEvent);
}

describe('what is sent', () => {
  test('system with a cache point, messages, and the limits', async () => {
    const server = await bedrock(script({ text: 'Because 日本語 🦀.' }));
    const answer = await ask(server);
    expect(answer).toMatchObject({ text: 'Because 日本語 🦀.', end: 'stop', usage: { cachedTokens: 0 } });
    const [request] = server.requests;
    expect(request?.path).toBe(`/model/${encodeURIComponent(BEDROCK_MODEL)}/converse-stream`);
    expect(request?.body).toEqual({
      system: [{ text: 'Answer briefly.' }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: QUESTION }] }],
      inferenceConfig: { maxTokens: 192, temperature: 0 },
    });
    expect(request?.headers['user-agent']).not.toMatch(/linux|darwin|win32|nodejs|v\d\d\./i);
  });

  test('no cache point for a model that takes none', async () => {
    const name = 'meta.llama3-3-70b-instruct-v1:0';
    const server = await bedrock({ ...script({ text: 'x' }), models: [name] });
    expect(await ask(server, { modelName: name })).toMatchObject({ text: 'x', end: 'stop' });
    expect(server.requests[0]?.body).toMatchObject({ system: [{ text: 'Answer briefly.' }] });
  });

  test("the company's guardrail, in sync mode", async () => {
    const server = await bedrock(script({ text: 'x' }));
    await ask(server, { endpoint: { guardrail: { id: 'g1', version: '3' } } });
    expect(server.requests[0]?.body).toMatchObject({
      guardrailConfig: { guardrailIdentifier: 'g1', guardrailVersion: '3', streamProcessingMode: 'sync' },
    });
  });

  test.each<[string, Setup]>([
    ['a completion template', { asked: { kind: 'completion', prefix: 'a', suffix: 'b' } }],
    ['a global profile', { modelName: `global.${BEDROCK_MODEL}` }],
    ['a cross-region profile', { modelName: `us.${BEDROCK_MODEL}` }],
    ['a profile of another region by ARN', { modelName: 'arn:aws:bedrock:us-east-1:1:inference-profile/x' }],
    ['a host that is more than a host', { endpoint: { host: 'user@127.0.0.1' } }],
  ])('%s is refused, and nothing is sent', async (_name, setup) => {
    const server = await bedrock(script({ text: 'x' }));
    expect((await ask(server, setup)).error).toMatchObject({ kind: 'bad-request', endpointId: ENDPOINT_ID });
    expect(server.received()).toBe('');
  });

  test('a cross-region profile where policy allows it', async () => {
    const name = `global.${BEDROCK_MODEL}`;
    const server = await bedrock({ ...script({ text: 'x' }), models: [name] });
    expect(await ask(server, { modelName: name, endpoint: { crossRegion: 'allow' } })).toMatchObject({ end: 'stop' });
  });
});

test('the environment turns a request neither to another host nor to another identity', async () => {
  const elsewhere = await bedrock(script({ text: 'stolen' }));
  const server = await bedrock(script({ text: 'x' }));
  vi.stubEnv('AWS_ENDPOINT_URL', elsewhere.origin);
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', elsewhere.origin);
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'bearer-from-the-environment');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_PROFILE', 'another');
  vi.stubEnv('AWS_AUTH_SCHEME_PREFERENCE', 'httpBearerAuth');
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '5');
  vi.stubEnv('AWS_ACCESS_KEY_ID', server.keys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.keys.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', server.keys.sessionToken ?? '');
  const endpoint = { auth: { profile: 'test', method: 'environment' } } as const;
  expect(await ask(server, { endpoint, credentials: null })).toMatchObject({ text: 'x', end: 'stop' });
  expect(elsewhere.received()).toBe('');
  expect(server.received()).not.toContain('bearer-from-the-environment');
  expect(server.requests[0]?.headers.authorization).toContain('/sa-east-1/bedrock/aws4_request');
});

describe('profiles give credentials and nothing else', () => {
  test.each<[BedrockEndpoint['auth']['method'], (server: BedrockServer) => readonly string[]]>([
    [
      'profile',
      ({ keys }) => [
        `aws_access_key_id = ${keys.accessKeyId}`,
        `aws_secret_access_key = ${keys.secretAccessKey}`,
        `aws_session_token = ${keys.sessionToken}`,
      ],
    ],
    ['credential-process', ({ keys }) => [`credential_process = ${printing(keys)}`]],
  ])('%s', async (method, lines) => {
    const elsewhere = await bedrock(script({ text: 'stolen' }));
    const server = await bedrock(script({ text: 'x' }));
    const folder = await mkdtemp(join(tmpdir(), 'postern-aws-'));
    const redirecting = [
      `endpoint_url = ${elsewhere.origin}`,
      'region = us-east-1',
      'use_fips_endpoint = true',
      'max_attempts = 5',
    ];
    await writeFile(join(folder, 'config'), ['[profile test]', ...redirecting, ...lines(server)].join('\n'));
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));
    const got = await ask(server, { endpoint: { auth: { profile: 'test', method } }, credentials: null });
    await rm(folder, { recursive: true });
    expect(got).toMatchObject({ text: 'x', end: 'stop' });
    expect(elsewhere.received()).toBe('');
  });

  /** A command that prints keys as https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html says. */
  function printing(keys: BedrockServer['keys']): string {
    const printed = {
      Version: 1,
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
    };
    return `"${process.execPath}" -p "JSON.stringify(${JSON.stringify(printed).replaceAll('"', "'")})"`;
  }
});

test.each([
  ['bedrock-runtime.sa-east-1.amazonaws.com', 'https://bedrock-runtime.sa-east-1.amazonaws.com'],
  [
    'vpce-0.bedrock-runtime.sa-east-1.vpce.amazonaws.com:8443',
    'https://vpce-0.bedrock-runtime.sa-east-1.vpce.amazonaws.com:8443',
  ],
  ['bedrock.example:443', 'https://bedrock.example:443'],
  ['127.0.0.1:8000', 'http://127.0.0.1:8000'],
  ['localhost:8000', 'http://localhost:8000'],
  ['user@bedrock.example', undefined],
  ['bedrock.example/path', undefined],
  ['bedrock.example?x', undefined],
  ['bedrock.example#x', undefined],
  ['bedrock.example.', undefined],
  ['2130706433', undefined],
  ['0x7f.1', undefined],
  ['bеdrock.example', undefined],
  ['bedrock.example:99999', undefined],
  ['https://bedrock.example', undefined],
  ['', undefined],
])('host %s', (host, url) => {
  expect(endpointUrl(host)).toBe(url);
});

describe('how an answer ends', () => {
  test.each<[string, BedrockAnswer, Partial<Collected>]>([
    ['finished', { text: 'a b' }, { text: 'a b', end: 'stop' }],
    ['at its limit', { text: 'a b', stopReason: 'max_tokens' }, { text: 'a b', end: 'length' }],
    ['thoughts apart', { reasoning: ['hm'], text: 'a b' }, { text: 'a b', reasoning: 'hm', end: 'stop' }],
    ['thoughts inline', { text: '<think>hm</think>a b' }, { text: 'a b', reasoning: 'hm', end: 'stop' }],
    [
      'guardrail before any answer',
      { text: 'Not allowed here.', stopReason: 'guardrail_intervened' },
      { text: 'Not allowed here.', end: 'guardrail' },
    ],
    [
      'guardrail in mid-stream',
      { chunks: ['The answer is ', 'Not allowed here.'], stopReason: 'guardrail_intervened' },
      { text: 'The answer is Not allowed here.', end: 'guardrail' },
    ],
    ['without metadata', { text: 'a b', withoutMetadata: true }, { text: 'a b', end: 'cut' }],
    ['without messageStop', { text: 'a b', faults: [faults.endAfter(2)] }, { text: 'a ', end: 'cut' }],
    ['reset after two chunks', { text: 'a b', faults: [faults.resetAfter(2)] }, { text: 'a ', end: 'cut' }],
    ['a truncated frame', { text: 'a b', faults: [aws.truncatedFrame(2)] }, { text: 'a ', end: 'cut' }],
    [
      'one byte a segment',
      { text: 'größe 日本語 🦀', faults: [faults.segments(1)] },
      { text: 'größe 日本語 🦀', end: 'stop' },
    ],
    ['a reason that nobody knows', { text: 'a b', stopReason: 'malformed_model_output' }, { text: 'a b', end: 'cut' }],
  ])('%s', async (_name, answer, expected) => {
    const server = await bedrock(script(answer));
    expect(await ask(server)).toMatchObject(expected);
    expect(server.requests).toHaveLength(1);
  });
});

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
