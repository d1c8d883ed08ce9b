import type { Answer } from './answer.ts';
import { squeezed } from './line-rest.ts';

/** Ends the answer where it begins to say the lines that stand after the cursor, white space aside. */
export function cutAtOverlap(answer: Answer, end: number): number {
  const suffix = suffixLines(answer);
  if (suffix.length === 0) return end;
  const lines = answer.scan.lines.filter((line) => line.start < end && !skippable(answer, line.start, line.end));
  for (const [index, line] of lines.entries()) {
    if (line.start === 0) continue;
    const said = lines.slice(index).map((each) => squeezed(answer.text.slice(each.start, Math.min(each.end, end))));
    const cut = answer.scan.lines.filter((each) => each.end < line.start).at(-1)?.end ?? 0;
    if (sameLines(said, suffix) && answer.fitAt(cut) <= answer.fitAt(end)) return cut;
  }
  return end;
}

/** The answer says the suffix until its end, or enough of it that chance is ruled out. */
function sameLines(said: readonly string[], suffix: readonly string[]): boolean {
  let same = 0;
  let weight = 0;
  for (const [index, line] of said.entries()) {
    const there = suffix[index];
    if (there === undefined) break;
    const last = index === said.length - 1;
    if (line !== there && !(last && there.startsWith(line))) break;
    same++;
    weight += line.length;
  }
  if (same === said.length || same === suffix.length) return true;
  return same >= 3 && weight >= 30;
}

function suffixLines(answer: Answer): readonly string[] {
  const { suffix, tail, lexis } = answer.place;
  const lines = suffix
    .slice(tail.length)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line !== '' && !lexis.lineComments.some((mark) => line.startsWith(mark))).map(squeezed);
}

function skippable(answer: Answer, start: number, end: number): boolean {
  const text = answer.text.slice(start, end).trim();
  return text === '' || (start > 0 && answer.place.lexis.lineComments.some((mark) => text.startsWith(mark)));
}
