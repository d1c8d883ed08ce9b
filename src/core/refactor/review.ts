import { type Hunk, type LineEdit, linesOf } from './hunks.ts';

/** A hunk that stands in the document and waits for the person's word. */
export interface ReviewedHunk {
  readonly hunk: Hunk;
  readonly state: 'open' | 'accepted' | 'rejected';
  /** Where it stands in the document now: first line and number of lines, whichever of the two texts is there. */
  readonly line: number;
  readonly count: number;
}

/** Every hunk of one refactoring, in order. A value: each step makes a new one. */
export type Review = readonly ReviewedHunk[];

/** A step of a review and what it does to the document. */
export interface ReviewStep {
  readonly review: Review;
  readonly edits: readonly LineEdit[];
}

/** Right after the hunks, whose lines are those of the original, were applied together. */
export function startReview(hunks: readonly Hunk[]): Review {
  let moved = 0;
  return hunks.map((hunk) => {
    const line = hunk.line + moved;
    moved += hunk.proposed.length - hunk.original.length;
    return { hunk, state: 'open', line, count: hunk.proposed.length };
  });
}

export const openCount = (review: Review): number => review.filter(({ state }) => state === 'open').length;

/** Leaves the proposed lines where they stand. An index that is not open changes nothing. */
export const withAccepted = (review: Review, index: number): Review =>
  review.map((entry, at) => (at === index && entry.state === 'open' ? { ...entry, state: 'accepted' } : entry));

/** Puts the original lines back in place of the proposed ones, and whatever the person wrote among them. */
export function withRejected(review: Review, index: number): ReviewStep {
  const rejected = review[index];
  if (rejected?.state !== 'open') return { review, edits: [] };
  const { line, count, hunk } = rejected;
  const by = hunk.original.length - count;
  return {
    review: review.map((entry, at) => {
      if (at === index) return { ...entry, state: 'rejected', count: hunk.original.length };
      return at > index ? { ...entry, line: entry.line + by } : entry;
    }),
    edits: [{ start: line, end: line + count, lines: hunk.original }],
  };
}

export const withAllAccepted = (review: Review): Review =>
  review.map((entry) => (entry.state === 'open' ? { ...entry, state: 'accepted' } : entry));

/** Rejects all that are open. The edits are in lines of the document as it is now, in order. */
export function withAllRejected(review: Review): ReviewStep {
  const edits = review
    .filter(({ state }) => state === 'open')
    .map(({ line, count, hunk }) => ({ start: line, end: line + count, lines: hunk.original }));
  const rejected = review.reduce((after, _entry, index) => withRejected(after, index).review, review);
  return { review: rejected, edits };
}

/**
 * Follows an edit that somebody else made: lines `start` to `end` became `added` lines. A hunk that the edit touches grows or
 * shrinks with it.
 */
export function withForeignEdit(
  review: Review,
  edit: { readonly start: number; readonly end: number; readonly added: number },
): Review {
  const by = edit.added - (edit.end - edit.start);
  return review.map((entry) => {
    const end = entry.line + entry.count;
    if (edit.start >= end) return entry;
    if (edit.end <= entry.line) return { ...entry, line: entry.line + by };
    const line = Math.min(entry.line, edit.start);
    return { ...entry, line, count: Math.max(0, Math.max(end, edit.end) + by - line) };
  });
}

/** Reads the states off the document: undoing a rejection opens the hunk again, undoing everything rejects all. */
export function reconciled(review: Review, documentText: string): Review {
  const lines = linesOf(documentText);
  return review.map((entry) => {
    const now = lines.slice(entry.line, entry.line + entry.count);
    if (entry.state === 'rejected' && same(now, entry.hunk.proposed)) return { ...entry, state: 'open' };
    if (entry.state !== 'rejected' && same(now, entry.hunk.original)) return { ...entry, state: 'rejected' };
    return entry;
  });
}

/** The open hunk after a line, around the end if need be; -1 when none is open. */
export function nextOpen(review: Review, line: number): number {
  const after = review.findIndex((entry) => entry.state === 'open' && entry.line > line);
  return after >= 0 ? after : review.findIndex((entry) => entry.state === 'open');
}

/** The open hunk on or nearest above a line, else the first open one; -1 when none is open. */
export function openAt(review: Review, line: number): number {
  const above = review.findLastIndex((entry) => entry.state === 'open' && entry.line <= line);
  return above >= 0 ? above : review.findIndex((entry) => entry.state === 'open');
}

/** A change as an editor reports it, in lines. Positions are of the text before it. */
export function lineEditOf(change: {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}): { readonly start: number; readonly end: number; readonly added: number } {
  const newlines = linesOf(change.text).length - 1;
  const whole = change.startCharacter === 0 && change.endCharacter === 0 && /(?:^|[\r\n])$/.test(change.text);
  return whole
    ? { start: change.startLine, end: change.endLine, added: newlines }
    : { start: change.startLine, end: change.endLine + 1, added: newlines + 1 };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, index) => line === b[index]);
