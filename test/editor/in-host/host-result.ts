/** What a run inside the extension host leaves behind, as JSON in the file that POSTERN_HOST_RESULT names. */
export interface HostResult {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  /** What the tests measured and the bench reports, by name. Never asserted on: machines differ. */
  readonly figures: Readonly<Record<string, number>>;
}

/** Filled by the tests of this run. */
export const figures: Record<string, number> = {};
