import { alike } from './alike.ts';
import type { Answer } from './answer.ts';
import { squeezed } from './line-rest.ts';
import type { Line, Scan } from './state.ts';

/**
 * Ends the answer where it begins to say the lines that stand after the cursor, white space aside. Comments count only where the
 * code alone shows nothing: a model drops and adds them.
 */
export function cutAtOverlap(answer: Answer, end: number): number {
  for (const [which, same] of [
    [isCode, sameLines],
    [isText, sameLines],
    [isCode, alikeLines],
  ] as const) {
    const cut = cutAtSame(answer, end, which, same);
    if (cut < end) return cut;
  }
  return end;
}

type Same = (said: readonly string[], there: readonly string[]) => boolean;

type Which = (scanned: Scan, line: Line) => boolean;

const isText: Which = (_scanned, line) => !line.blank;
/** Attributes and preprocessor lines come and go like comments. */
const isCode: Which = (scanned, line) =>
  !line.blank && !line.bare && !/^\s*#/.test(scanned.text.slice(line.start, line.start + 80));

function cutAtSame(answer: Answer, end: number, which: Which, same: Same): number {
  const { after } = answer.place;
  const there = after.lines
    .filter((line) => line.start > 0 && which(after, line))
    .map((line) => squeezed(lineText(after, line)));
  if (there.length === 0) return end;
  const lines = answer.scan.lines.filter((line) => line.start < end && (line.start === 0 || which(answer.scan, line)));
  const said = lines.map((line) => squeezed(lineText(answer.scan, line, end)));
  for (let index = 1; index < lines.length; index++) {
    const cut = lines[index - 1]?.end ?? 0;
    if (same(said.slice(index), there) && answer.fitAt(cut) <= answer.fitAt(end)) return cut;
  }
  return end;
}

const lineText = (scanned: Scan, line: Line, end = Number.POSITIVE_INFINITY): string =>
  scanned.text.slice(line.start, Math.min(line.end, end));

/** So many equal lines, with so many characters that are not white space, are no chance. */
const SURE_LINES = 3;
const SURE_WEIGHT = 30;

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
  return (
    same === said.length ||
    (same >= SURE_LINES && weight >= SURE_WEIGHT) ||
    (same === suffix.length && weight >= SURE_WEIGHT)
  );
}

/** A line said again with changes keeps this share of its pairs of characters; over several lines, the share is higher. */
const ALIKE = 0.6;
const ALIKE_MEAN = 0.75;

/** The answer says the suffix with changes, line for line until its end: the model rewrites what stands there. */
function alikeLines(said: readonly string[], suffix: readonly string[]): boolean {
  if (said.length < SURE_LINES || suffix.length < said.length) return false;
  let sum = 0;
  for (const [index, line] of said.entries()) {
    const share = alike(line, suffix[index] ?? '');
    if (share < ALIKE) return false;
    sum += share;
  }
  return sum / said.length >= ALIKE_MEAN;
}
