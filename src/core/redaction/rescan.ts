import type { Span } from '../document/snapshot.ts';
import type { Candidate } from './engine/detector.ts';
import { settle } from './engine/overlaps.ts';
import type { Finding } from './finding.ts';
import { complete, REACH, type ScanOptions, scanLocal } from './scan.ts';

/** A scan that can be carried over to the next version of its text. */
export interface Scanned {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Candidates before the values found were looked for elsewhere. */
  readonly local: readonly Candidate[];
  /** Whether something in the text reaches further than `REACH`, so that only a whole scan will do. */
  readonly farReaching: boolean;
}

/** Armoured keys, key sets and inserted rows: their ends may be anywhere. */
const FAR_REACHING = /insert into|-----BEGIN|Private-Lines|kty["':]/i;

/** Scans a whole text; undefined past the deadline. */
export function scanWhole(text: string, options: ScanOptions): Scanned | undefined {
  const local = scanLocal(text, options);
  return local && { text, local, findings: complete(text, local), farReaching: FAR_REACHING.test(text) };
}

/**
 * Scans a text of which an earlier version was scanned: only what the change can have altered is looked at again. A
 * candidate depends on text within `REACH`; so those that begin nearer than that to the change are found anew, in a
 * window of twice that size, and the others are kept.
 */
export function rescan(previous: Scanned, text: string, options: ScanOptions): Scanned | undefined {
  const change = changeBetween(previous.text, text);
  const inner = { start: change.start - REACH, end: change.newEnd + REACH };
  const window = wholeLines(text, { start: inner.start - REACH, end: inner.end + REACH });
  const seen = window && text.slice(window.start, window.end);
  // Lines longer than REACH are cut into pieces by detectors, at places that depend on the whole line.
  const whole =
    !seen ||
    previous.farReaching ||
    FAR_REACHING.test(seen) ||
    longestLine(seen) > REACH ||
    previous.local.some(isLong);
  if (whole) return scanWhole(text, options);
  const found = scanLocal(seen, options);
  if (!found) return undefined;
  if (found.some(isLong)) return scanWhole(text, options);
  const shift = text.length - previous.text.length;
  const local = settle([
    ...previous.local.filter((kept) => kept.start < inner.start),
    ...found.map((candidate) => moved(candidate, window.start)).filter((fresh) => isWithin(fresh.start, inner)),
    ...previous.local.filter((kept) => kept.start >= inner.end - shift).map((kept) => moved(kept, shift)),
  ]);
  return { text, local, findings: complete(text, local), farReaching: false };
}

/** Joined strings make candidates over many short lines: an edit inside of one may lie far from where it begins. */
const isLong = ({ start, end }: Candidate): boolean => end - start > REACH;

function longestLine(text: string): number {
  let longest = 0;
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
    longest = Math.max(longest, at - from);
    from = at + 1;
  }
  return Math.max(longest, text.length - from);
}

const moved = (candidate: Candidate, by: number): Candidate => ({
  ...candidate,
  start: candidate.start + by,
  end: candidate.end + by,
});

const isWithin = (at: number, span: Span): boolean => at >= span.start && at < span.end;

/** The window grown to line ends; undefined where a line is so long that the window would be the text. */
function wholeLines(text: string, span: Span): Span | undefined {
  const start = span.start <= 0 ? 0 : text.lastIndexOf('\n', span.start) + 1;
  const newline = span.end >= text.length ? -1 : text.indexOf('\n', span.end);
  const end = newline < 0 ? text.length : newline;
  return span.start - start > REACH || end - span.end > REACH ? undefined : { start, end };
}

interface Change {
  readonly start: number;
  /** End of what is new, in the new text. */
  readonly newEnd: number;
}

function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = commonLength(
    shorter - start,
    (from, to) =>
      before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from),
  );
  return { start, newEnd: after.length - tail };
}

/** How much of `length` units is the same, found by halves: comparing slices is a memory comparison. */
function commonLength(length: number, isSame: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
