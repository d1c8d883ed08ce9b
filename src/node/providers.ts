import { randomUUID } from 'node:crypto';
import type { AllowedModel } from '../core/policy/decision.ts';
import type { EndpointKind } from '../core/policy/schema.ts';
import type { Provider, StreamEvent } from '../core/provider/provider.ts';
import { loadBedrock, loadOpenAi } from './lazy.ts';

export interface ProviderPorts {
  /** The provider of the local engine. */
  readonly local: Provider;
  /** A key by the name that policy gives it. */
  readonly secret: (name: string) => Promise<string | undefined>;
}

/** Loads the code for these kinds of endpoints ahead of the first request, which would otherwise wait for it. */
export async function preload(kinds: ReadonlySet<EndpointKind>): Promise<void> {
  const http = kinds.has('vllm') || kinds.has('ollama') || kinds.has('openai-compatible');
  await Promise.all([http && loadOpenAi(), kinds.has('bedrock') && loadBedrock()]);
}

/**
 * The provider of an endpoint, loaded when it is first asked for and kept while the policy still describes the endpoint
 * in the same way. Never rejects: a bundle that cannot be loaded is an error of the stream.
 */
export function createProviders({ local, secret }: ProviderPorts): (allowed: AllowedModel) => Promise<Provider> {
  const kept = new Map<string, Promise<Provider>>();
  // One a window: servers route requests of one session to the replica whose prefix cache is warm.
  const sessionId = randomUUID();
  const load = async ({ endpointId, endpoint }: AllowedModel): Promise<Provider> => {
    if (endpoint.kind === 'local') return local;
    if (endpoint.kind === 'bedrock') return (await loadBedrock()).createBedrockProvider({ endpointId, endpoint });
    const name = endpoint.auth?.secret;
    const apiKey = async () => (name === undefined ? undefined : secret(name));
    return (await loadOpenAi()).createOpenAiProvider({ endpointId, endpoint, apiKey, sessionId });
  };
  return (allowed) => {
    const key = JSON.stringify([allowed.endpointId, allowed.endpoint]);
    let provider = kept.get(key);
    if (!provider) {
      provider = load(allowed).catch((cause: unknown) => {
        kept.delete(key);
        return broken(allowed.endpointId, cause);
      });
      kept.set(key, provider);
    }
    return provider;
  };
}

const broken = (endpointId: string, cause: unknown): Provider => ({
  async *stream(): AsyncGenerator<StreamEvent, void> {
    const detail = `a part of Postern could not be loaded (${cause instanceof Error ? cause.name : 'unknown'})`;
    yield { type: 'error', error: { kind: 'protocol', endpointId, detail } };
  },
});
