import type { Clock } from './completion.ts';

/** Milliseconds to wait before a request, so that a slow or busy endpoint is not asked at every keystroke. */
export interface Pressure {
  delay(): number;
  /** Nothing should be asked now unless the person insists: the last requests failed. */
  isQuiet(): boolean;
  noteFailure(): void;
  /** The first text of a request came after so many milliseconds. */
  noteFirstText(milliseconds: number): void;
  /** The endpoint asked for patience, such as with 429. */
  noteBusy(milliseconds: number): void;
}

const MOST = 150;
/** A first text after this many milliseconds calls for no delay; after SLOW for all of it. */
const QUICK = 600;
const SLOW = 2400;
const WEIGHT = 0.2;
/** Milliseconds of silence after a failure; each further one doubles them. */
const QUIET = 500;
const QUIET_MOST = 30_000;

export function createPressure(clock: Clock): Pressure {
  let average = 250;
  let busyUntil = Number.NEGATIVE_INFINITY;
  let quietUntil = Number.NEGATIVE_INFINITY;
  let failures = 0;
  return {
    delay() {
      if (clock.now() < busyUntil) return MOST;
      return Math.round(MOST * Math.min(1, Math.max(0, (average - QUICK) / (SLOW - QUICK))));
    },
    isQuiet: () => clock.now() < quietUntil,
    noteFailure() {
      quietUntil = clock.now() + Math.min(QUIET_MOST, QUIET * 2 ** failures);
      failures++;
    },
    noteFirstText(milliseconds) {
      failures = 0;
      average += WEIGHT * (milliseconds - average);
    },
    noteBusy(milliseconds) {
      busyUntil = Math.max(busyUntil, clock.now() + milliseconds);
    },
  };
}
