import type { Finding } from '../finding.ts';

/** Which of two overlapping candidates names the result. Higher is more specific. */
export const rank = { random: 0, named: 1, personal: 2, structured: 3, format: 4, custom: 5, literal: 6 } as const;

/** What a detector is sure of, before overlaps are settled. */
export interface Candidate extends Finding {
  readonly rank: number;
}

/** What the value is, apart from where it stands. */
export type Label = Pick<Candidate, 'type' | 'kind' | 'rule' | 'rank'>;

/** One scan of one text, as detectors see it. */
export interface Probe {
  readonly text: string;
  readonly languageId: string;
  /** Path of the document. */
  readonly path: string;
  report(start: number, end: number, label: Label): void;
  /**
   * Whether `key` already looked at what stands at an offset. For detectors that look far, so that a wall of their
   * keywords costs each unit once and not once a keyword.
   */
  seen(key: object, start: number): boolean;
  sawTo(key: object, end: number): void;
  /** True once the deadline has passed; asks the clock now and then. Loops over windows ask it and stop. */
  expired(): boolean;
}

/** Looks at the text around each occurrence of its keywords, within a bounded distance. */
export interface Detector {
  /** Lower case. */
  readonly keywords: readonly string[];
  detect(probe: Probe, start: number, end: number): void;
}

/** Goes through a text by itself, in linear time. For what no keyword announces, such as numbers. */
export type Sweep = (probe: Probe) => void;

const CLOCK_EVERY = 32;

export function createProbe(
  text: string,
  document: { readonly languageId: string; readonly path: string },
  clock: { readonly now: () => number; readonly deadline: number },
): Probe & { readonly candidates: readonly Candidate[] } {
  const candidates: Candidate[] = [];
  const looked = new Map<object, number>();
  let asked = 0;
  let late = false;
  return {
    text,
    languageId: document.languageId,
    path: document.path,
    candidates,
    report: (start, end, label) => candidates.push({ ...label, start, end }),
    seen: (key, start) => start < (looked.get(key) ?? 0),
    sawTo: (key, end) => void looked.set(key, end),
    expired() {
      if (asked++ % CLOCK_EVERY === 0) late ||= clock.now() > clock.deadline;
      return late;
    },
  };
}
