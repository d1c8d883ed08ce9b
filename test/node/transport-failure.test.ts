import * as https from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { createBedrockProvider } from '../../src/node/bedrock.ts';
import { createOpenAiProvider } from '../../src/node/openai-compatible.ts';
import { transportFailure } from '../../src/node/transport-failure.ts';
import { BEDROCK_MODEL, startBedrockServer } from '../servers/bedrock-server.ts';
import type { RecordingServer, TlsOptions } from '../servers/recording-server.ts';
import { startVllmServer } from '../servers/vllm-server.ts';
import { certificate } from '../support/certificate.ts';
import { ENDPOINT_ID, routedRequest } from '../support/routed-request.ts';
import { collect } from '../support/stream.ts';

test.each<[unknown, object]>([
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), { kind: 'unreachable', detail: 'connection refused' }],
  [new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } }), { kind: 'unreachable' }],
  [new AggregateError([{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }]), { detail: 'connection refused' }],
  [{ code: 'ERR_SSL_SOMETHING_NEW' }, { kind: 'tls' }],
  [{ code: 'HPE_INVALID_CONSTANT' }, { kind: 'protocol' }],
  [{ name: 'TimeoutError' }, { kind: 'unreachable', detail: 'connecting took too long' }],
  [new Error('a path /home/x and a name'), { kind: 'unreachable', detail: 'the connection failed' }],
  [undefined, { kind: 'unreachable' }],
])('%o', (cause, expected) => {
  expect(transportFailure(cause)).toMatchObject(expected);
});

const servers: RecordingServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('certificates', () => {
  const authority = certificate({ name: 'test authority', authority: true });
  const other = certificate({ name: 'other authority', authority: true });
  const good = certificate({ name: '127.0.0.1', issuer: authority });
  const tls = ({ key, cert }: TlsOptions): TlsOptions => ({ key, cert });
  const cases: readonly [string, TlsOptions, https.AgentOptions, string | undefined][] = [
    ['the right authority', good, { ca: authority.cert }, undefined],
    ['an unknown authority', good, { ca: other.cert }, 'authority that is not known'],
    ['signed by itself', certificate({ name: '127.0.0.1' }), { ca: other.cert }, 'signed by itself'],
    ['expired', certificate({ name: '127.0.0.1', issuer: authority, days: -1 }), { ca: authority.cert }, 'expired'],
    ['another name', certificate({ name: '127.0.0.2', issuer: authority }), { ca: authority.cert }, 'another name'],
    [
      'client certificate asked for',
      { ...tls(good), clientCa: authority.cert },
      { ca: authority.cert },
      'client certificate',
    ],
    [
      'client certificate given',
      { ...tls(good), clientCa: authority.cert },
      { ca: authority.cert, ...tls(certificate({ name: 'developer', issuer: authority })) },
      undefined,
    ],
  ];

  // `host` of a policy on this workstation means http, so the agent of the test turns the provider to the TLS server.
  test.each(cases)('Bedrock, %s', async (_name, identity, agent, detail) => {
    const server = await startBedrockServer({ answer: { text: 'x' }, tls: identity });
    servers.push(server);
    const endpoint = {
      kind: 'bedrock',
      host: 'bedrock.invalid',
      boundary: 'private-cloud',
      region: server.region,
      auth: { profile: 'test', method: 'profile' },
      crossRegion: 'refuse',
    } as const;
    const provider = createBedrockProvider({
      endpointId: ENDPOINT_ID,
      endpoint,
      credentials: { ...server.keys },
      agents: { https: agentTo(server.port, agent) },
    });
    const request = routedRequest({ kind: 'chat', question: 'q' }, { endpoint, model: { name: BEDROCK_MODEL } });
    const got = await collect(provider.stream(request, new AbortController().signal));
    check(got, detail);
    if (detail !== undefined) expect(server.requests).toEqual([]);
  });

  test('an OpenAI-compatible server of an authority that is not known here', async () => {
    const server = await startVllmServer({ answer: { text: 'x' }, tls: good });
    servers.push(server);
    const endpoint = { kind: 'vllm', url: server.url, boundary: 'on-premises' } as const;
    const provider = createOpenAiProvider({ endpointId: ENDPOINT_ID, endpoint, apiKey: async () => undefined });
    const request = routedRequest({ kind: 'chat', question: 'q' }, { endpoint });
    check(await collect(provider.stream(request, new AbortController().signal)), 'authority that is not known');
    expect(server.requests).toEqual([]);
  });
});

function check(got: Awaited<ReturnType<typeof collect>>, detail: string | undefined): void {
  if (detail === undefined) expect(got).toMatchObject({ text: 'x', end: 'stop' });
  else expect(got.error).toMatchObject({ kind: 'tls', detail: expect.stringContaining(detail) });
}

/** An agent that reaches 127.0.0.1 whatever host is asked for, and checks the certificate for that address. */
function agentTo(port: number, options: https.AgentOptions): https.Agent {
  const agent = new https.Agent({ ...options, maxCachedSessions: 0 });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (given, callback) =>
    connect({ ...given, host: '127.0.0.1', port, servername: '' }, callback);
  return agent;
}
