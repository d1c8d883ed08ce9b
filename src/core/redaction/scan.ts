import type { Finding } from './finding.ts';

export interface ScanOptions {
  readonly path: string;
  readonly languageId: string;
  /** Patterns and words that the policy adds. */
  readonly custom: {
    readonly rules: readonly { readonly name: string; readonly pattern: string }[];
    readonly words: readonly string[];
  };
  /** Monotonic milliseconds; the scan asks it between windows. */
  readonly now: () => number;
  /** Value of `now` at which the scan gives up and the text counts as unchecked. */
  readonly deadline: number;
}

/** Findings in order of `start`, not overlapping; or `deadline` when the text could not be checked in time. */
export type ScanOutcome =
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly why: 'deadline' };

export function scan(_text: string, _options: ScanOptions): ScanOutcome {
  throw new Error('written by the redaction part');
}
