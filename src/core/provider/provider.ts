import type { RoutedRequest } from '../routing/route.ts';
import type { ProviderError } from './provider-error.ts';

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Input tokens that the server read from its prefix cache; undefined when it does not say. */
  readonly cachedTokens?: number;
}

/**
 * - `stop`: the model finished. `length`: it ran into its limit.
 * - `cut`: the stream ended without a finish reason or broke after the first token; what came is kept.
 * - `aborted`: the caller's signal. `guardrail`: the company's guardrail spoke instead of the model.
 */
export type StopReason = 'stop' | 'length' | 'cut' | 'aborted' | 'guardrail';

/** What a stream yields. One event union for every provider. */
export type StreamEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: TokenUsage }
  | { readonly type: 'end'; readonly reason: StopReason }
  | { readonly type: 'error'; readonly error: ProviderError };

/**
 * The code that talks to one kind of endpoint.
 *
 * Contract of `stream`: it never throws and never rejects. The last event is always `end` or `error`, exactly one of
 * them. When `signal` aborts, the connection is closed within 50 ms and the last event is `end: aborted`. A failure
 * after the first `text` is `end: cut`, except an error that the server itself reports and bytes that break the protocol,
 * which are `error`.
 */
export interface Provider {
  stream(request: RoutedRequest, signal: AbortSignal): AsyncIterable<StreamEvent>;
}
