import { type Hunk, linesOf } from './hunks.ts';

/** Hunks on a text that changed since they were made. */
export interface Fit {
  /** Those whose place was found, with `line` in the changed text; in order, not overlapping. */
  readonly fits: readonly Hunk[];
  readonly misses: readonly Hunk[];
}

/**
 * Finds hunks again by the lines they replace and the lines around them. A hunk whose surroundings also changed is
 * placed only where exactly one place is left; a wrong place is worse than none.
 */
export function fitted(hunks: readonly Hunk[], currentText: string): Fit {
  const current = linesOf(currentText);
  const fits: Hunk[] = [];
  const misses: Hunk[] = [];
  let from = 0;
  let moved = 0;
  for (const hunk of hunks) {
    const line = placeOf(hunk, current, { from, expected: hunk.line + moved });
    if (line === undefined) {
      misses.push(hunk);
      continue;
    }
    fits.push({ ...hunk, line });
    from = line + hunk.original.length;
    moved = line - hunk.line;
  }
  return { fits, misses };
}

function placeOf(
  hunk: Hunk,
  current: readonly string[],
  near: { readonly from: number; readonly expected: number },
): number | undefined {
  const places: number[] = [];
  for (let line = near.from; line + hunk.original.length <= current.length; line++) {
    if (hunk.original.every((text, index) => current[line + index] === text)) places.push(line);
  }
  const whole = places.filter((line) => contextAt(hunk, current, line) === hunk.before.length + hunk.after.length);
  if (whole.length > 0)
    return whole.reduce((best, line) =>
      Math.abs(line - near.expected) < Math.abs(best - near.expected) ? line : best,
    );
  const partial = places.filter((line) => contextAt(hunk, current, line) > 0 || says(hunk.original));
  return partial.length === 1 ? partial[0] : undefined;
}

/** How many lines around a place are those around the hunk, counted outwards until one differs. Lines without words do not count alone. */
function contextAt(hunk: Hunk, current: readonly string[], line: number): number {
  const before = equalRun(hunk.before.toReversed(), (index) => current[line - 1 - index]);
  const after = equalRun(hunk.after, (index) => current[line + hunk.original.length + index]);
  const whole = before.length + after.length === hunk.before.length + hunk.after.length;
  return whole || says([...before, ...after]) ? before.length + after.length : 0;
}

function equalRun(wanted: readonly string[], at: (index: number) => string | undefined): readonly string[] {
  const differs = wanted.findIndex((text, index) => at(index) !== text);
  return differs < 0 ? wanted : wanted.slice(0, differs);
}

const says = (lines: readonly string[]): boolean => lines.some((line) => /[\p{L}\p{N}]/u.test(line));
