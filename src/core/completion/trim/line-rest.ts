import type { Answer } from './answer.ts';
import { squeezed } from './lines.ts';

/**
 * When code stands after the cursor on its line, the answer must meet it. Of all places where the answer could stop, its end, the ends of its
 * lines, its closers, and wherever it goes on as the line does, the one that fits best is taken.
 */
export function cutAtLineRest(answer: Answer, end: number): number {
  const rest = squeezed(answer.place.tail);
  if (rest === '') return end;
  let best = { at: end, agrees: 0, score: answer.fitAt(end) };
  for (const at of candidates(answer, end)) {
    const agrees = agreement(answer, at, end, rest);
    const score = answer.fitAt(at) - agrees;
    if (score > best.score) continue;
    // Of equals, the first that goes on as the line does, or else the longest.
    const better = agrees > 0 && best.agrees > 0 ? at < best.at : at > best.at;
    if (score < best.score || better) best = { at, agrees, score };
  }
  return best.at;
}

/** Weight of agreement against the penalties of the fit. */
const WHOLE_REST = 3;
const PART_OF_REST = 1;

/** How far the answer, from an offset on, says what stands there already. */
function agreement(answer: Answer, at: number, end: number, rest: string): number {
  if (at >= end) return 0;
  const feed = answer.text.indexOf('\n', at);
  const lineEnd = feed < 0 || feed > end ? end : feed;
  const said = squeezed(answer.text.slice(at, lineEnd));
  if (said === '') return 0;
  if (said === rest) return WHOLE_REST;
  if (lineEnd === end && rest.startsWith(said)) return PART_OF_REST + said.length / rest.length;
  // It goes on, but only with closers, or after so much of the rest that chance is ruled out.
  if (said.startsWith(rest) && (rest.length > 2 || /^[)\]};,]*$/.test(said))) return PART_OF_REST;
  return 0;
}

function candidates(answer: Answer, end: number): readonly number[] {
  const offsets = new Set<number>();
  for (const line of answer.scan.lines) if (line.end < end) offsets.add(line.end);
  for (const closer of answer.scan.closers) if (closer.at < end) offsets.add(closer.at);
  const first = answer.place.tail.trimStart().charAt(0);
  for (let at = answer.text.indexOf(first); at >= 0 && at < end; at = answer.text.indexOf(first, at + 1))
    offsets.add(at);
  return [...offsets];
}
