import { afterEach, vi } from 'vitest';
import type { StreamEvent } from '../../src/core/provider/provider.ts';
import type { BedrockEndpoint } from '../../src/node/aws-credentials.ts';
import { type BedrockOptions, createBedrockProvider } from '../../src/node/bedrock.ts';
import type { Alarm } from '../../src/node/guarded-stream.ts';
import {
  BEDROCK_MODEL,
  type BedrockAnswer,
  type BedrockServer,
  type BedrockOptions as ServerOptions,
  startBedrockServer,
} from '../servers/bedrock-server.ts';
import { type Asked, ENDPOINT_ID, routedRequest } from './routed-request.ts';
import { type Collected, collect } from './stream.ts';

const servers: BedrockServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server.close();
});

export async function bedrock(options: ServerOptions): Promise<BedrockServer> {
  const server = await startBedrockServer(options);
  servers.push(server);
  return server;
}

export const script = (answer: BedrockAnswer): ServerOptions => ({ answer });
export const QUESTION = 'Why "prompt-content-7f3a"?';
const chat: Asked = { kind: 'chat', question: QUESTION };

export interface Setup {
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
export async function ask(server: BedrockServer, setup: Setup = {}): Promise<Collected> {
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
