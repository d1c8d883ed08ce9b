import type { Answer } from './answer.ts';

const LONGEST_PERIOD = 8;
/** One line said three times may be meant; a block said two and a half times is not. */
const COPIES_OF_LINE = 3;
const COPIES_OF_BLOCK = 2.5;

/** Ends the answer after the first copy of what it says over and over until its end. */
export function cutLoops(answer: Answer, end: number): number {
  const lines = linesOf(answer, end);
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const from = loopStart(lines, period);
    const copies = (lines.length - from) / period;
    if (copies < (period === 1 ? COPIES_OF_LINE : COPIES_OF_BLOCK)) continue;
    if (!lines.slice(from, from + period).some((line) => /\w/.test(line.text))) continue;
    return bestEnd(answer, lines, from, period);
  }
  return end;
}

interface LoopLine {
  readonly text: string;
  readonly end: number;
}

function linesOf(answer: Answer, end: number): readonly LoopLine[] {
  const lines: LoopLine[] = [];
  for (const line of answer.scan.lines) {
    if (line.start > end) break;
    const lineEnd = Math.min(line.end, end);
    const text = answer.text.slice(line.start, lineEnd);
    lines.push({ text: (lines.length === 0 ? answer.place.head + text : text).trimEnd(), end: lineEnd });
  }
  while (lines.at(-1)?.text === '') lines.pop();
  return lines;
}

/** First line from which on every line says again what stands `period` lines before it; the last may be cut off. */
function loopStart(lines: readonly LoopLine[], period: number): number {
  const last = lines.length - 1;
  let at = last - period;
  if (at < 0) return lines.length;
  if (!lines[at]?.text.startsWith(lines[last]?.text ?? '')) return lines.length;
  while (at > 0 && lines[at - 1]?.text === lines[at - 1 + period]?.text) at--;
  return at;
}

/** Every rotation of the block is a loop too: the first end of a copy that fits best. */
function bestEnd(answer: Answer, lines: readonly LoopLine[], from: number, period: number): number {
  let best = lines[from + period - 1]?.end ?? 0;
  for (let line = from + period; line < from + 2 * period - 1; line++) {
    const candidate = lines[line];
    if (candidate && candidate.text !== '' && answer.fitAt(candidate.end) < answer.fitAt(best)) best = candidate.end;
  }
  return best;
}
