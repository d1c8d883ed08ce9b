import type { Answer } from './answer.ts';
import { opensDeclaration } from './declaration.ts';
import type { Closer } from './state.ts';

/**
 * Ends the answer where it leaves the place that was asked about: before a closer that the suffix has already, or after
 * the closer of the enclosing declaration when the suffix has none for it.
 */
export function cutAtClosers(answer: Answer, end: number): number {
  for (const closer of outerClosers(answer, end)) {
    const line = answer.scan.lines[closer.line];
    if (!line) continue;
    const before = Math.max(0, line.start - 1);
    const after = Math.min(line.end, end);
    const missing = answer.fitAt(after) < answer.fitAt(before);
    if (!missing && answer.fitAt(before) <= answer.fitAt(end)) return before;
    const leaves = closer.closed && opensDeclaration(closer.closed, answer.place);
    if (missing && leaves && after < end && answer.fitAt(after) <= answer.fitAt(end)) return after;
  }
  return end;
}

/** The first closer of each line whose opener stands before the cursor line's end, and not on that line. */
function outerClosers(answer: Answer, end: number): readonly Closer[] {
  const onCursorLine = answer.place.head.trim() === '' ? -1 : 0;
  const found = new Map<number, Closer>();
  for (const closer of answer.scan.closers) {
    if (closer.at >= end) break;
    if (closer.closed?.origin === 'answer' || !closer.leading || closer.line === onCursorLine) continue;
    if (!found.has(closer.line)) found.set(closer.line, closer);
  }
  return [...found.values()];
}
