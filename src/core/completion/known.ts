import type { AskedPlace, Place } from './completion.ts';

/** A text that a model gave for a place, trimmed. Empty: it had nothing to say there. */
export interface Known {
  /** Where `text` goes. A prefetch asks about the line after it, and then `text` begins with the line feed. */
  readonly place: Place;
  readonly asked: AskedPlace;
  text: string;
  /** How much of `text` is there to stay: while it runs, its whole lines. */
  settled: number;
  /** The model has not finished. */
  running: boolean;
}

/** What is known about a state through one known text. */
export interface Relation {
  readonly known: Known;
  /** What was typed since that place. */
  readonly typed: string;
  /** How many characters of `typed` agree with the text, from its start. */
  readonly agreed: number;
}

const TAIL = 160;
const HEAD = 80;
/** Typed further than this beyond a place, nothing is left of it. */
const REACH = 4000;

/** Remembers completions, the latest last. The cursor finds them again by the code around it, not by offsets. */
export interface KnownCompletions {
  add(known: Known): void;
  /** Every known text that the state can have been typed from, latest first. */
  relations(state: Place): readonly Relation[];
  forget(uri: string): void;
  readonly size: number;
}

export function createKnownCompletions(most = 500): KnownCompletions {
  const entries: Known[] = [];
  return {
    add(known) {
      const same = entries.findIndex((entry) => entry !== known && samePlace(entry.place, known.place));
      if (same >= 0) entries.splice(same, 1);
      if (!entries.includes(known)) entries.push(known);
      if (entries.length > most) entries.shift();
    },
    relations(state) {
      const found: Relation[] = [];
      for (const known of entries.toReversed()) {
        const relation = relate(known, state);
        if (relation) found.push(relation);
      }
      return found;
    },
    forget(uri) {
      for (let at = entries.length - 1; at >= 0; at--) if (entries[at]?.place.uri === uri) entries.splice(at, 1);
    },
    get size() {
      return entries.length;
    },
  };
}

/** How a state follows from the place of a known text by typing alone; undefined when it does not. */
export function relate(known: Known, state: Place): Relation | undefined {
  const { place } = known;
  if (place.uri !== state.uri || place.languageId !== state.languageId) return undefined;
  if (place.suffix.slice(0, HEAD) !== state.suffix.slice(0, HEAD)) return undefined;
  const tail = place.prefix.slice(-TAIL);
  const at = tailAt(state.prefix, tail, place.prefix.length, known.text.length);
  if (at === undefined) return undefined;
  const typed = state.prefix.slice(at + tail.length);
  return { known, typed, agreed: commonLength(typed, known.text) };
}

/** Where the end of a place's prefix stands in a state's prefix: where it was, or, when the text above changed, close to the end. */
function tailAt(prefix: string, tail: string, length: number, textLength: number): number | undefined {
  const expected = length - tail.length;
  if (prefix.length - length < REACH && prefix.startsWith(tail, expected)) return expected;
  if (tail.length < TAIL) return undefined;
  const found = prefix.lastIndexOf(tail);
  return found >= 0 && prefix.length - found - tail.length <= textLength ? found : undefined;
}

export function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

export const samePlace = (one: Place, other: Place): boolean =>
  one.uri === other.uri && one.prefix === other.prefix && one.suffix === other.suffix;
