import { alike } from './alike.ts';
import type { Answer } from './answer.ts';
import { isCode, isText, type Lines, linesOf } from './lines.ts';

/**
 * Ends the answer where it begins to say the lines that stand after the cursor, white space aside. Comments count only where the
 * code alone shows nothing: a model drops and adds them.
 */
export function cutAtOverlap(answer: Answer, end: number): number {
  const { after } = answer.place;
  const code = linesOf(answer.scan, isCode, { first: true, end });
  const cut = cutAtSame(answer, end, { said: code, there: after.code, same: sameLines });
  if (cut < end) return cut;
  const text = linesOf(answer.scan, isText, { first: true, end });
  const cutText = cutAtSame(answer, end, { said: text, there: after.text, same: sameLines });
  if (cutText < end) return cutText;
  return cutAtSame(answer, end, { said: code, there: after.code, same: alikeLines });
}

/** Whether the lines of `said` from an index on say those of `there` from its start. */
type Same = (said: readonly string[], from: number, there: readonly string[]) => boolean;

function cutAtSame(
  answer: Answer,
  end: number,
  { said, there, same }: { readonly said: Lines; readonly there: readonly string[]; readonly same: Same },
): number {
  if (there.length === 0) return end;
  for (let from = 1; from < said.texts.length; from++) {
    const cut = said.ends[from - 1] ?? 0;
    if (same(said.texts, from, there) && answer.fitAt(cut) <= answer.fitAt(end)) return cut;
  }
  return end;
}

/** So many equal lines, with so many characters that are not white space, are no chance. */
const SURE_LINES = 3;
const SURE_WEIGHT = 30;

/** The answer says the suffix until its end, or enough of it that chance is ruled out. */
function sameLines(said: readonly string[], from: number, there: readonly string[]): boolean {
  let same = 0;
  let weight = 0;
  const left = said.length - from;
  for (; same < left; same++) {
    const line = said[from + same] ?? '';
    const other = there[same];
    if (other === undefined) break;
    if (line !== other && !(same === left - 1 && other.startsWith(line))) break;
    weight += line.length;
  }
  return same === left || (weight >= SURE_WEIGHT && (same >= SURE_LINES || same === there.length));
}

/** A line said again with changes keeps this share of its pairs of characters; over several lines, the share is higher. */
const ALIKE = 0.6;
const ALIKE_MEAN = 0.75;

/** The answer says the suffix with changes, line for line until its end: the model rewrites what stands there. */
function alikeLines(said: readonly string[], from: number, there: readonly string[]): boolean {
  const left = said.length - from;
  if (left < SURE_LINES || there.length < left) return false;
  let sum = 0;
  for (let at = 0; at < left; at++) {
    const share = alike(said[from + at] ?? '', there[at] ?? '');
    if (share < ALIKE) return false;
    sum += share;
  }
  return sum / left >= ALIKE_MEAN;
}
