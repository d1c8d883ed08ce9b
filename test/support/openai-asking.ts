import { afterEach } from 'vitest';
import type { StreamEvent } from '../../src/core/provider/provider.ts';
import { createOpenAiProvider, type HttpEndpoint, type OpenAiOptions } from '../../src/node/openai-compatible.ts';
import type { RecordingServer } from '../servers/recording-server.ts';
import { startVllmServer, type VllmAnswer, type VllmOptions, type VllmServer } from '../servers/vllm-server.ts';
import { type Asked, ENDPOINT_ID, type Routing, routedRequest } from './routed-request.ts';
import { type Collected, collect } from './stream.ts';

/** Servers of the test that runs; they are closed when it is over. */
export const servers: RecordingServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

export async function vllm(options: VllmOptions): Promise<VllmServer> {
  const server = await startVllmServer(options);
  servers.push(server);
  return server;
}

/** Stands in every prompt, so that a test can look for it where it must not be. */
export const ASKED = 'const canary = "prompt-content-7f3a"; return ';
export const completion: Asked = { kind: 'completion', prefix: `function sum() {\n  ${ASKED}`, suffix: ';\n}\n' };
export const chat: Asked = { kind: 'chat', question: `Why ${ASKED}?` };

export interface Setup {
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
export async function ask(url: string, setup: Setup = {}): Promise<Collected> {
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

export const script = (answer: VllmAnswer): VllmOptions => ({ answer });
