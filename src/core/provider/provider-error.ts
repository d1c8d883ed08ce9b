/** Every way in which a provider can fail. Rims map what they meet onto these; nothing else is thrown or shown. */
export const errorKinds = [
  'unreachable',
  'warming',
  'unauthorised',
  'forbidden',
  'sign-in-expired',
  'clock-skew',
  'unknown-model',
  'context-too-long',
  'bad-request',
  'rate-limited',
  'deadline',
  'stalled',
  'tls',
  'proxy',
  'redirected',
  'server',
  'protocol',
  'guardrail',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** `detail` is for the person and the log: the server's own short words where they are safe, never content of a prompt. */
export interface ProviderError {
  readonly kind: ErrorKind;
  readonly endpointId: string;
  readonly detail: string;
  readonly status?: number;
  /** What the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}
