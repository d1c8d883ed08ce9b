import type { Answer } from './answer.ts';
import { squeezed } from './line-rest.ts';
import type { Line, Scan } from './state.ts';

/**
 * Ends the answer where it begins to say the lines that stand after the cursor, white space aside. Comments count only where the
 * code alone shows nothing: a model drops and adds them.
 */
export function cutAtOverlap(answer: Answer, end: number): number {
  const cut = cutAtSame(answer, end, isCode);
  return cut < end ? cut : cutAtSame(answer, end, isText);
}

type Which = (scanned: Scan, line: Line) => boolean;

const isText: Which = (_scanned, line) => !line.blank;
/** Attributes and preprocessor lines come and go like comments. */
const isCode: Which = (scanned, line) =>
  !line.blank && !line.bare && !/^\s*#/.test(scanned.text.slice(line.start, line.start + 80));

function cutAtSame(answer: Answer, end: number, which: Which): number {
  const { after } = answer.place;
  const there = after.lines
    .filter((line) => line.start > 0 && which(after, line))
    .map((line) => squeezed(lineText(after, line)));
  if (there.length === 0) return end;
  const lines = answer.scan.lines.filter((line) => line.start < end && (line.start === 0 || which(answer.scan, line)));
  const said = lines.map((line) => squeezed(lineText(answer.scan, line, end)));
  for (let index = 1; index < lines.length; index++) {
    const cut = lines[index - 1]?.end ?? 0;
    if (sameLines(said.slice(index), there) && answer.fitAt(cut) <= answer.fitAt(end)) return cut;
  }
  return end;
}

const lineText = (scanned: Scan, line: Line, end = Number.POSITIVE_INFINITY): string =>
  scanned.text.slice(line.start, Math.min(line.end, end));

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
