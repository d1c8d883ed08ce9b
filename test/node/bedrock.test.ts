import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { BedrockEndpoint } from '../../src/node/aws-credentials.ts';
import { endpointUrl } from '../../src/node/bedrock.ts';
import * as aws from '../servers/bedrock-faults.ts';
import { BEDROCK_MODEL, type BedrockAnswer, type BedrockServer } from '../servers/bedrock-server.ts';
import * as faults from '../servers/faults.ts';
import { ask, bedrock, QUESTION, type Setup, script } from '../support/bedrock-asking.ts';
import { ENDPOINT_ID } from '../support/routed-request.ts';
import type { Collected } from '../support/stream.ts';

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
