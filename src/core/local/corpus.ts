import { GAP, type Token } from './tokens.ts';

/** Tokens in a row that must agree before a place counts as seen. */
export const ORDER = 4;

/**
 * The tokens of all learned documents in one row, and a chain through the places with the same last ORDER tokens. A place is the
 * index of the token that follows. Fixed in size: when it is full, the oldest documents make room.
 */
export interface Corpus {
  readonly capacity: number;
  store: Store;
  /** Documents in the order of their tokens; those that were forgotten stay until room is needed. */
  segments: Segment[];
  readonly words: string[];
  readonly wordIds: Map<string, number>;
}

interface Store {
  readonly ids: Int32Array;
  /** For the place after a token: the place before it with the same hash, or 0. */
  readonly next: Int32Array;
  readonly heads: Int32Array;
  length: number;
}

interface Segment {
  readonly uri: string;
  readonly languageId: string;
  readonly start: number;
  end: number;
  live: boolean;
}

const HEADS = 1 << 18;
/** A context that stood at more places than this is a phrase of the language; the latest places are enough. */
const MOST_PLACES = 256;
const GAP_ID = 0;
const UNKNOWN = -1;

export function createCorpus(capacity: number): Corpus {
  return { capacity, store: emptyStore(capacity), segments: [], words: [GAP], wordIds: new Map([[GAP, GAP_ID]]) };
}

export function beginDocument(corpus: Corpus, uri: string, languageId: string): void {
  const at = corpus.store.length;
  corpus.segments.push({ uri, languageId, start: at, end: at, live: true });
}

/** Appends a token to the document that was begun last; false when there is no room for it. */
export function pushToken(corpus: Corpus, token: Token): boolean {
  if (corpus.store.length >= corpus.capacity) compact(corpus);
  const segment = corpus.segments.at(-1);
  if (!segment || corpus.store.length >= corpus.capacity) return false;
  let id = corpus.wordIds.get(token);
  if (id === undefined) {
    id = corpus.words.length;
    corpus.words.push(token);
    corpus.wordIds.set(token, id);
  }
  append(corpus.store, segment, id);
  return true;
}

export function forgetDocument(corpus: Corpus, uri: string): void {
  for (const segment of corpus.segments) if (segment.uri === uri) segment.live = false;
}

/** Places where the last ORDER tokens of a context stood before, in documents of a language, latest first. */
export function placesAfter(corpus: Corpus, context: readonly Token[], languageId: string): readonly number[] {
  const { store } = corpus;
  const ids = context.slice(-ORDER).map((token) => corpus.wordIds.get(token) ?? UNKNOWN);
  if (ids.length < ORDER || ids.includes(UNKNOWN) || ids.includes(GAP_ID)) return [];
  const found: number[] = [];
  let place = store.heads[hash(ids, ORDER)] ?? 0;
  for (; place > 0 && found.length < MOST_PLACES; place = store.next[place - 1] ?? 0) {
    const segment = segmentBefore(corpus, place);
    if (!segment?.live || segment.languageId !== languageId) continue;
    if (ids.every((id, at) => store.ids[place - ORDER + at] === id)) found.push(place);
  }
  return found;
}

/** The token at a place; undefined at the end of its document. */
export function tokenAt(corpus: Corpus, place: number): Token | undefined {
  const segment = segmentBefore(corpus, place);
  return segment?.live && place < segment.end ? corpus.words[corpus.store.ids[place] ?? GAP_ID] : undefined;
}

/** How many tokens before a place are those at the end of a context. */
export function depthAt(corpus: Corpus, place: number, context: readonly Token[]): number {
  const start = segmentBefore(corpus, place)?.start ?? place;
  let depth = 0;
  while (depth < context.length && place - depth > start) {
    if (corpus.words[corpus.store.ids[place - 1 - depth] ?? GAP_ID] !== context.at(-1 - depth)) break;
    depth++;
  }
  return depth;
}

/** The document that holds the token before a place. */
function segmentBefore({ segments }: Corpus, place: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.start ?? 0) < place) low = middle;
    else high = middle - 1;
  }
  return segments[low];
}

function append(store: Store, segment: Segment, id: number): void {
  store.ids[store.length++] = id;
  segment.end = store.length;
  if (segment.end - segment.start < ORDER) return;
  const slot = hash(store.ids, store.length);
  store.next[store.length - 1] = store.heads[slot] ?? 0;
  store.heads[slot] = store.length;
}

/** Makes room: leaves out what was forgotten, and the oldest documents until half is free. */
function compact(corpus: Corpus): void {
  const old = corpus.store;
  const kept: Segment[] = [];
  let room = corpus.capacity / 2;
  for (const segment of corpus.segments.toReversed()) {
    if (!segment.live) continue;
    room -= segment.end - segment.start;
    if (room < 0) break;
    kept.unshift(segment);
  }
  const words = corpus.words.splice(1);
  corpus.wordIds.clear();
  corpus.wordIds.set(GAP, GAP_ID);
  corpus.store = emptyStore(corpus.capacity);
  corpus.segments = [];
  for (const segment of kept) {
    beginDocument(corpus, segment.uri, segment.languageId);
    for (let at = segment.start; at < segment.end; at++) pushToken(corpus, words[(old.ids[at] ?? GAP_ID) - 1] ?? GAP);
  }
}

const emptyStore = (capacity: number): Store => ({
  ids: new Int32Array(capacity),
  next: new Int32Array(capacity),
  heads: new Int32Array(HEADS),
  length: 0,
});

/** Of the ORDER ids before `end`. */
function hash(ids: ArrayLike<number>, end: number): number {
  let value = 0;
  for (let at = end - ORDER; at < end; at++) value = Math.imul(value ^ (ids[at] ?? 0), 0x9e3779b1) ^ (value >>> 15);
  return (value >>> 0) % HEADS;
}
