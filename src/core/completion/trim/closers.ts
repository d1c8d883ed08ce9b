import type { Answer } from './answer.ts';

/**
 * Ends the answer where it closes a bracket that was open before it: before that closer when the suffix has one for it, after it
 * when it has none. What follows is no longer the place that was asked about.
 */
export function cutAtClosers(answer: Answer, end: number): number {
  let previous = -1;
  for (const closer of answer.scan.closers) {
    if (closer.at >= end) break;
    if (closer.closed?.origin === 'answer' || !closer.leading) continue;
    if (closer.line === 0 && answer.place.head.trim() !== '') continue;
    if (closer.line === previous) continue;
    previous = closer.line;
    const line = answer.scan.lines[closer.line];
    if (!line) continue;
    const before = Math.max(0, line.start - 1);
    const lineEnd = Math.min(line.end, end);
    const stays = answer.fitAt(lineEnd) < answer.fitAt(before);
    if (!stays) {
      if (answer.fitAt(before) <= answer.fitAt(end)) return before;
      continue;
    }
    if (lineEnd < end && answer.fitAt(lineEnd) <= answer.fitAt(end)) return lineEnd;
  }
  return end;
}
