import type { Fit } from './fit.ts';
import type { Place } from './place.ts';
import { scan, stateAt } from './scan.ts';
import { CODE, type Scan, type State } from './state.ts';

/** A model's text at its place: scanned, and able to say how well each of its beginnings fits. */
export interface Answer {
  readonly place: Place;
  readonly text: string;
  readonly scan: Scan;
  /** The model has said all it will. */
  readonly finished: boolean;
  stateAt(offset: number): State;
  /** Penalty of the text cut at an offset: 0 when every bracket finds its partner. Comparable inside one place only. */
  fitAt(offset: number): number;
}

/** Shortens an answer: takes the end so far and gives one that is not later. */
export type Stage = (answer: Answer, end: number) => number;

export function createAnswer(place: Place, fit: Fit, text: string, finished: boolean): Answer {
  const scanned = scan(text, place.lexis, place.start);
  const known = new Map<number, number>();
  const at = (offset: number) =>
    offset >= text.length ? scanned.end : stateAt(scanned, offset, place.lexis, place.start);
  return {
    place,
    text,
    scan: scanned,
    finished,
    stateAt: at,
    fitAt(offset) {
      let penalty = known.get(offset);
      if (penalty === undefined) {
        const state = at(offset);
        const running = !finished && offset >= text.length;
        penalty = fit.penalty(running ? asIfClosed(state) : state) + ownFaults(scanned, offset);
        known.set(offset, penalty);
      }
      return penalty;
    },
  };
}

/** What the model has opened and will still close does not speak against it while it is talking. */
function asIfClosed(state: State): State {
  let { stack } = state;
  while (stack?.origin === 'answer') stack = stack.below;
  return { mode: CODE, stack };
}

const MISMATCH = 4;

/** Brackets inside the answer that do not belong together. */
function ownFaults(scanned: Scan, end: number): number {
  let penalty = 0;
  for (const closer of scanned.closers) {
    if (closer.at >= end) break;
    if (closer.mismatched) penalty += MISMATCH;
  }
  return penalty;
}
