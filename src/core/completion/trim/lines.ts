import type { Line, Scan } from './state.ts';

/** Text without white space: how lines are compared. */
export const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** Lines to compare, and where each stands. */
export interface Lines {
  readonly texts: readonly string[];
  /** Offset after each line. */
  readonly ends: readonly number[];
}

export type Which = (scanned: Scan, line: Line) => boolean;

export const isText: Which = (_scanned, line) => !line.blank;

/** Attributes and preprocessor lines come and go like comments. */
export const isCode: Which = (scanned, line) =>
  !line.blank && !line.bare && !/^\s*#/.test(scanned.text.slice(line.start, line.start + 80));

/** The lines of a text up to `end`; the first, which continues the cursor line, is among them if `first` says so. */
export function linesOf(scanned: Scan, which: Which, { first, end }: { first: boolean; end: number }): Lines {
  const texts: string[] = [];
  const ends: number[] = [];
  for (const line of scanned.lines) {
    if (line.start >= end) break;
    if (line.start === 0 ? !first : !which(scanned, line)) continue;
    texts.push(squeezed(scanned.text.slice(line.start, Math.min(line.end, end))));
    ends.push(line.end);
  }
  return { texts, ends };
}
