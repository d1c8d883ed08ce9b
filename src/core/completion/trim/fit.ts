import type { Place } from './place.ts';
import { scan } from './scan.ts';
import { type Closer, CODE, type Mode, type Opener, type Scan, type State } from './state.ts';

/** A closer of another kind than the opener it would have to close. */
const OTHER_KIND = 4;
/** A closer on a line of its own that is not aligned with its opener. */
const OTHER_COLUMN = 2;
/** An opener without a closer although the document ends. */
const LEFT_OPEN = 3;
/** A closer whose opener is nowhere: the answer closed it already. */
const LEFT_CLOSED = 3;
/** Code stands no deeper than an opener that should enclose it. */
const NOT_ENCLOSED = 2;
/** The text stops inside a string that never ends. */
const BROKEN = 3;

/** What of a suffix counts for the fit. */
interface Demand {
  /** Closers whose openers must stand before the cursor, nearest first. */
  readonly closers: readonly Closer[];
  /** For each number of those closers passed: the smallest column of a line of code outside all brackets of the suffix. */
  readonly floors: readonly number[];
  readonly broken: boolean;
  readonly open: boolean;
}

/** How well a text that stops in a given state meets the suffix of its place: 0 when every bracket finds its partner. */
export interface Fit {
  penalty(state: State): number;
}

/**
 * Measures how a text that stops in a given state meets the suffix: the openers still open, innermost first, against the
 * closers that the suffix has left over. This comparison of brackets with their columns is what decides most cuts.
 */
export function createFit(place: Place): Fit {
  const demands = new Map<string, Demand>();
  const penalty = (state: State): number => {
    const key = keyOf(state.mode);
    let demand = demands.get(key);
    if (!demand) {
      demand = demandOf(place, state.mode);
      demands.set(key, demand);
    }
    return penaltyOf(state.stack, demand, place);
  };
  return { penalty };
}

/** Two modes in which a suffix reads the same. */
function keyOf(mode: Mode): string {
  if (mode.kind === 'string') return `${mode.quote.open} ${mode.close}`;
  return mode.kind === 'comment' ? `comment ${mode.depth}` : mode.kind;
}

function penaltyOf(stack: Opener | undefined, demand: Demand, place: Place): number {
  let penalty = demand.broken ? BROKEN : 0;
  let opener = stack;
  let passed = 0;
  for (const closer of demand.closers) {
    if (!opener) {
      // Blocks may begin above the window; parentheses do not reach that far.
      if (closer.kind !== '{') penalty += LEFT_CLOSED;
      continue;
    }
    if (notEnclosed(opener, demand.floors[passed])) penalty += NOT_ENCLOSED;
    if (opener.kind !== closer.kind) penalty += OTHER_KIND;
    else if (closer.leading && opener.indent !== closer.indent) penalty += OTHER_COLUMN;
    opener = opener.below;
    passed++;
  }
  const floor = demand.floors[passed];
  for (; opener; opener = opener.below) {
    if (place.suffixComplete) penalty += LEFT_OPEN;
    else if (notEnclosed(opener, floor)) penalty += NOT_ENCLOSED;
  }
  return penalty;
}

const notEnclosed = (opener: Opener, floor: number | undefined): boolean =>
  floor !== undefined && opener.template === undefined && floor <= opener.indent;

function demandOf(place: Place, mode: Mode): Demand {
  const scanned = scan(place.suffix, place.lexis, {
    state: { mode, stack: undefined },
    origin: 'suffix',
    head: place.tail.trim() === '' ? '' : 'x',
    headIndent: 0,
  });
  const closers = scanned.closers.filter((closer) => closer.closed === undefined && !closer.mismatched);
  const first = scanned.lines[0];
  return {
    closers,
    floors: floorsOf(scanned, closers),
    broken: mode.kind === 'string' && !mode.quote.multiline && first?.after.mode === mode,
    open: mode !== CODE && scanned.end.mode === mode,
  };
}

/** Labels and preprocessor lines stand further left than the block that holds them. */
const OUTDENTED = /^\s*(?:[)\]}#]|case\b|default\b|\w+\s*:\s*$)/;

function floorsOf(scanned: Scan, closers: readonly Closer[]): readonly number[] {
  const floors: number[] = [];
  let passed = 0;
  for (const [index, line] of scanned.lines.entries()) {
    while ((closers[passed]?.line ?? Number.POSITIVE_INFINITY) < index) passed++;
    if (index === 0 || line.blank || line.bare || line.before.mode !== CODE || line.before.stack) continue;
    if (OUTDENTED.test(scanned.text.slice(line.start, line.end))) continue;
    floors[passed] = Math.min(floors[passed] ?? Number.POSITIVE_INFINITY, line.indent);
  }
  return floors;
}
