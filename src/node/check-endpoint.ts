import type { Endpoint } from '../core/policy/schema.ts';
import { pinnedFetch } from './pinned-fetch.ts';

/** What one endpoint said. `ok` means that it can be asked now. */
export interface EndpointCheck {
  readonly ok: boolean;
  /** One sentence for the person: what was found, and what to do about it. */
  readonly says: string;
  /** Models that it serves, with the longest context in tokens where it tells. */
  readonly models: readonly { readonly name: string; readonly context: number | undefined }[];
}

/** Names of the models that policy expects at the endpoint, and where its key comes from. */
export interface CheckOptions {
  readonly expected: readonly string[];
  readonly apiKey: () => Promise<string | undefined>;
}

const found = (ok: boolean, says: string, models: EndpointCheck['models'] = []): EndpointCheck => ({
  ok,
  says,
  models,
});

/**
 * Asks an endpoint for its models: a request without any content. Never rejects. Bedrock has no such request that a
 * developer's role usually may make, so only its description is checked.
 */
export async function checkEndpoint(
  endpoint: Endpoint,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<EndpointCheck> {
  if (endpoint.kind === 'local') return found(true, 'the local engine is part of Postern');
  if (endpoint.kind === 'bedrock')
    return found(true, `described as ${endpoint.host} in ${endpoint.region}; it is tried with the first request`);
  const url = `${endpoint.url.replace(/\/$/, '')}/models`;
  const key = await options.apiKey();
  if (endpoint.auth && key === undefined)
    return found(false, 'no key is stored for it: run "Postern: Set Endpoint Key"');
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  try {
    const response = await pinnedFetch(fetch, { origin: new URL(url).origin, headers })(url, { signal });
    if (response.ok) return judged(modelsIn(await response.json()), options.expected);
    return found(false, statusWords(response.status));
  } catch (cause) {
    return found(false, `it cannot be reached (${reasonOf(cause)})`);
  }
}

function judged(models: EndpointCheck['models'] | undefined, expected: readonly string[]): EndpointCheck {
  if (!models)
    return found(false, 'it answered, but not with a list of models: is the address right, with /v1 at its end?');
  const missing = expected.filter((name) => !models.some((model) => model.name === name));
  if (missing.length > 0) return found(false, `it does not serve ${missing.join(', ')}`, models);
  return found(
    true,
    `it serves ${models.map(({ name, context }) => (context ? `${name} (${context} tokens)` : name)).join(', ')}`,
    models,
  );
}

function modelsIn(body: unknown): EndpointCheck['models'] | undefined {
  const list = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('id' in entry) || typeof entry.id !== 'string') return [];
    const context =
      'max_model_len' in entry && typeof entry.max_model_len === 'number' ? entry.max_model_len : undefined;
    return [{ name: entry.id, context }];
  });
}

function statusWords(status: number): string {
  if (status === 401) return 'it did not accept the key: run "Postern: Set Endpoint Key"';
  if (status === 403) return 'it does not let you in (403): ask who runs it';
  if (status === 404) return 'there is no model list at this address (404): is it right, with /v1 at its end?';
  if (status === 503 || status === 504)
    return `it is starting or has no free server (${status}): try again in some minutes`;
  if (status >= 300 && status < 400) return 'it points to another address, which Postern does not follow';
  return `it answered with status ${status}`;
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code;
  return inner instanceof Error ? inner.name : 'unknown reason';
}
