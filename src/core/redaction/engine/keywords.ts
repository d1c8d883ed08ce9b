/**
 * Finds many keywords in one pass over a text (Aho and Corasick 1975), without regard to case.
 *
 * The automaton is one dense table of 16-bit states, state × character class. Only characters that occur in a keyword
 * have a class of their own, all others share class 0, so that the table stays small enough for the second-level cache.
 * A table is two to three times as fast as sparse maps in V8, and the text need not be lower-cased, which would copy it
 * and shift offsets (`İ` has two lower-case units).
 */
export interface KeywordIndex {
  /** Calls `visit` for every occurrence, in the order in which they end. Stops when it returns false. */
  find(text: string, visit: (keyword: number, start: number, end: number) => boolean): void;
}

/** Characters from here on never occur in a keyword: Latin, Greek and Cyrillic are below. */
const ALPHABET = 0x530;
const MAX_STATES = 0xffff;

export function createKeywordIndex(keywords: readonly string[]): KeywordIndex {
  const classes = classTable(keywords);
  const shift = Math.ceil(Math.log2(Math.max(...classes) + 1));
  const { next, outputs } = link(buildTrie(keywords, classes, shift), shift);
  const lengths = Uint16Array.from(keywords, (keyword) => keyword.length);
  return {
    find(text, visit) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = next[(state << shift) + (code < ALPHABET ? (classes[code] ?? 0) : 0)] ?? 0;
        if (state === 0) continue;
        const found = outputs[state];
        if (found === undefined) continue;
        for (const keyword of found) if (!visit(keyword, at + 1 - (lengths[keyword] ?? 0), at + 1)) return;
      }
    },
  };
}

interface Automaton {
  /** Following state by state and class; state 0 is the root, and in a trie it stands for "none". */
  readonly next: Uint16Array;
  /** Keywords that end in a state. */
  readonly outputs: (readonly number[] | undefined)[];
}

function classTable(keywords: readonly string[]): Uint8Array {
  const classes = new Uint8Array(ALPHABET);
  let last = 0;
  for (const keyword of keywords)
    for (const character of keyword) {
      const lower = character.charCodeAt(0);
      if (character !== character.toLowerCase() || lower >= ALPHABET)
        throw new RangeError(`keyword ${keyword} is not lower-case Latin, Greek or Cyrillic`);
      if (classes[lower] !== 0) continue;
      classes[lower] = ++last;
      const upper = character.toUpperCase();
      if (upper.length === 1 && upper.charCodeAt(0) < ALPHABET) classes[upper.charCodeAt(0)] = last;
    }
  return classes;
}

function buildTrie(keywords: readonly string[], classes: Uint8Array, shift: number): Automaton {
  const most = 1 + keywords.reduce((sum, keyword) => sum + keyword.length, 0);
  if (most > MAX_STATES) throw new RangeError('too many keywords for 16-bit states');
  const next = new Uint16Array(most << shift);
  const outputs: (number[] | undefined)[] = [undefined];
  for (const [index, keyword] of keywords.entries()) {
    let state = 0;
    for (const character of keyword) {
      const cell = (state << shift) + (classes[character.charCodeAt(0)] ?? 0);
      state = next[cell] ?? 0;
      if (state !== 0) continue;
      state = outputs.length;
      next[cell] = state;
      outputs.push(undefined);
    }
    outputs[state] = [...(outputs[state] ?? []), index];
  }
  return { next: next.slice(0, outputs.length << shift), outputs };
}

/** Turns the trie into an automaton: a missing child becomes the child of the longest proper suffix. */
function link({ next, outputs }: Automaton, shift: number): Automaton {
  const width = 1 << shift;
  const suffix = new Uint16Array(outputs.length);
  const queue = [...next.subarray(0, width)].filter((state) => state !== 0);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const fall = suffix[state] ?? 0;
    const inherited = outputs[fall];
    if (inherited) outputs[state] = [...(outputs[state] ?? []), ...inherited];
    for (let column = 0; column < width; column++) {
      const cell = (state << shift) + column;
      const child = next[cell] ?? 0;
      const other = next[(fall << shift) + column] ?? 0;
      if (child === 0) next[cell] = other;
      else {
        suffix[child] = other;
        queue.push(child);
      }
    }
  }
  return { next, outputs };
}
