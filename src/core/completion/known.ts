import type { AskedPlace, Place } from './completion.ts';

/** What is kept of a place: enough to find it again, little enough to keep it 500 times. */
export interface Anchor {
  readonly uri: string;
  readonly languageId: string;
  /** The end of the prefix, and the length of all of it. */
  readonly tail: string;
  readonly length: number;
  /** The beginning of the suffix. */
  readonly head: string;
}

/** A text that a model gave for a place, trimmed. Empty: it had nothing to say there. */
export interface Known {
  /** Where `text` goes. A prefetch asks about the line after it, and then `text` begins with the line feed. */
  readonly anchor: Anchor;
  readonly asked: AskedPlace;
  text: string;
  /** How much of `text` is there to stay: while it runs, its whole lines. */
  settled: number;
  /** The model has not finished. */
  running: boolean;
}

/** What is known about a place through one known text. */
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

export const anchorOf = ({ uri, languageId, prefix, suffix }: Place): Anchor => ({
  uri,
  languageId,
  tail: ownText(prefix.slice(-TAIL)),
  length: prefix.length,
  head: ownText(suffix.slice(0, HEAD)),
});

/** The same text in memory of its own. A slice would keep the whole document alive in V8; a joined string, once cut, does not. */
const ownText = (text: string): string => ` ${text}`.slice(1);

/** Remembers completions, the latest last. The cursor finds them again by the code around it, not by offsets. */
export interface KnownCompletions {
  add(known: Known): void;
  /** Every known text that a place can have been typed from, latest first. */
  relations(place: Place): readonly Relation[];
  forget(uri: string): void;
}

export function createKnownCompletions(most = 500): KnownCompletions {
  let entries: readonly Known[] = [];
  return {
    add(known) {
      const others = entries.filter((entry) => !sameAnchor(entry.anchor, known.anchor));
      entries = [...others, known].slice(-most);
    },
    relations(place) {
      const found: Relation[] = [];
      for (const known of entries.toReversed()) {
        const relation = relate(known, place);
        if (relation) found.push(relation);
      }
      return found;
    },
    forget(uri) {
      entries = entries.filter(({ anchor }) => anchor.uri !== uri);
    },
  };
}

/** How a place follows from that of a known text by typing alone; undefined when it does not. */
export function relate(known: Known, place: Place): Relation | undefined {
  const typed = typedSince(known.anchor, place, known.text.length);
  return typed === undefined ? undefined : { known, typed, agreed: commonLength(typed, known.text) };
}

/**
 * What was typed since an anchor. It stands where it was; or, when the text above it changed, within `reach` characters
 * before the cursor.
 */
export function typedSince(anchor: Anchor, place: Place, reach: number): string | undefined {
  if (anchor.uri !== place.uri || anchor.languageId !== place.languageId) return undefined;
  if (!place.suffix.startsWith(anchor.head) || (anchor.head.length < HEAD && anchor.head !== place.suffix))
    return undefined;
  const { prefix } = place;
  const { tail, length } = anchor;
  if (prefix.length - length < REACH && prefix.startsWith(tail, length - tail.length)) return prefix.slice(length);
  if (tail.length < TAIL) return undefined;
  const near = prefix.slice(-(reach + TAIL));
  const found = near.lastIndexOf(tail);
  return found < 0 ? undefined : near.slice(found + TAIL);
}

function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

const sameAnchor = (one: Anchor, other: Anchor): boolean =>
  one.uri === other.uri && one.length === other.length && one.tail === other.tail && one.head === other.head;
