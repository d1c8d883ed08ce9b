import type { IndexedFile } from './indexed-file.ts';
import type { FileStore } from './store.ts';
import type { Vocabulary } from './vocabulary.ts';
import { partsOf, visitWords } from './words.ts';

/** What the place of the cursor says about what comes next: the words around it, the nearest weighing most. */
export interface Cues {
  /** Weight of each word around the cursor that the index knows, by its number. */
  readonly words: ReadonlyMap<number, number>;
  /** Weight of each part of a word around the cursor, the heaviest 1. */
  readonly parts: ReadonlyMap<number, number>;
  /** The last words before the cursor, the nearest first. */
  readonly last: readonly number[];
  /** Distance in lines to the nearest mention of each known word of the document. */
  readonly mentions: ReadonlyMap<number, number>;
  /** What is typed of a word that ends at the cursor; empty when that is a known word, which may be complete. */
  readonly typed: string;
}

export interface CueSource {
  readonly text: string;
  /** The document as it was last indexed: what is far from the cursor is taken from there. */
  readonly open: IndexedFile;
  /** Where the cursor is; undefined for a question about the whole document. */
  readonly offset: number | undefined;
  /** Ranges of this document that were edited lately, the latest first. */
  readonly edited: readonly { readonly start: number; readonly end: number }[];
  /** Free text, such as a question. */
  readonly words: string;
}

/** Characters before and after the cursor that are read anew: the words that count stand within. */
const READ_BEFORE = 8_000;
const READ_AFTER = 4_000;
const BEFORE = 40;
const AFTER = 14;
/** Decay in lines, before and after the cursor; and what the words after it weigh against those before. */
const DECAY_BEFORE = 14;
const DECAY_AFTER = 10;
const SHARE_AFTER = 0.6;
const SHARE_EDITED = 0.3;
const LAST = 3;

interface Mention {
  readonly text: string;
  readonly line: number;
  readonly end: number;
  readonly start: number;
}

export function readCues(source: CueSource, store: FileStore, vocabulary: Vocabulary): Cues {
  const words = new Map<string, number>();
  const weigh = (word: string, weight: number): void => {
    if (word.length > 1) words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  for (const word of source.words.match(/[\w$\u00a1-\uffff]+/g) ?? []) weigh(word, 1);
  const mentions = source.offset === undefined ? [] : readAround(source, source.offset);
  const cursor = source.offset === undefined ? undefined : around(source, source.offset, mentions, weigh);
  for (const [age, { start, end }] of source.edited.entries())
    visitWords(source.text.slice(start, end), source.open.document.languageId, (from, to) =>
      weigh(source.text.slice(start + from, start + to), SHARE_EDITED * 0.8 ** age),
    );
  return {
    words: numbered(words, store, vocabulary),
    parts: weighParts(words, vocabulary),
    last: (cursor?.last ?? []).flatMap((word) => vocabulary.find(word) ?? []),
    mentions: distances(source.open, mentions, cursor?.line, vocabulary),
    typed: cursor && isFragment(cursor.typed, store, vocabulary) ? cursor.typed : '',
  };
}

/** The words of whole lines around the cursor, with offsets and lines of the document. */
function readAround({ text, open }: CueSource, offset: number): readonly Mention[] {
  const start = text.lastIndexOf('\n', Math.max(0, offset - READ_BEFORE)) + 1;
  const firstLine = linesBefore(text, start);
  const mentions: Mention[] = [];
  const window = text.slice(start, offset + READ_AFTER);
  visitWords(window, open.document.languageId, (from, to, line) => {
    mentions.push({ text: window.slice(from, to), line: firstLine + line, start: start + from, end: start + to });
  });
  return mentions;
}

function linesBefore(text: string, offset: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function isFragment(typed: string, store: FileStore, vocabulary: Vocabulary): boolean {
  const word = vocabulary.find(typed);
  return word === undefined || store.holding(word).length === 0;
}

/** Weighs the nearest distinct words on both sides, and tells what is at the cursor itself. */
function around(
  { text }: CueSource,
  offset: number,
  mentions: readonly Mention[],
  weigh: (word: string, weight: number) => void,
): { readonly line: number; readonly last: readonly string[]; readonly typed: string } {
  const next = firstAtOrAfter(mentions, offset);
  const inside = mentions[next - 1];
  const typing = inside !== undefined && inside.end >= offset ? inside : undefined;
  const before = mentions.slice(0, typing ? next - 1 : next);
  const line = linesBefore(text, offset);
  const seen = new Set<string>();
  for (let at = before.length - 1; at >= 0 && seen.size < BEFORE; at--) {
    const mention = before[at];
    if (!mention || seen.has(mention.text)) continue;
    seen.add(mention.text);
    weigh(mention.text, Math.exp(-(line - mention.line) / DECAY_BEFORE));
  }
  seen.clear();
  for (let at = next; at < mentions.length && seen.size < AFTER; at++) {
    const mention = mentions[at];
    if (!mention || seen.has(mention.text)) continue;
    seen.add(mention.text);
    weigh(mention.text, SHARE_AFTER * Math.exp(-(mention.line - line) / DECAY_AFTER));
  }
  const last = before.slice(-LAST).map(({ text: word }) => word);
  return { line, last: last.reverse(), typed: typing ? text.slice(typing.start, offset) : '' };
}

/** Place of the first mention that starts at or after an offset. */
function firstAtOrAfter(mentions: readonly Mention[], offset: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By number, weighted by how rare a word is among the files: 0 for one in all of them, 1 for one in a single file. */
function numbered(
  words: ReadonlyMap<string, number>,
  store: FileStore,
  vocabulary: Vocabulary,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [word, weight] of words) {
    const id = vocabulary.find(word);
    if (id !== undefined) found.set(id, weight * rarity(store, id));
  }
  return found;
}

export const rarity = (store: FileStore, word: number): number =>
  Math.max(0, 1 - log(store.holding(word).length + 1) / log(store.count + 2));

const logs = Float64Array.from({ length: 1_024 }, (_, number) => Math.log(number));

/** Asked for every word of a query, nearly always about a small number. */
const log = (number: number): number => logs[number] ?? Math.log(number);

function weighParts(words: ReadonlyMap<string, number>, vocabulary: Vocabulary): ReadonlyMap<number, number> {
  const parts = new Map<number, number>();
  let heaviest = 0;
  for (const [word, weight] of words) {
    for (const part of partsOf(word)) {
      const id = vocabulary.findPart(part);
      if (id === undefined) continue;
      const sum = (parts.get(id) ?? 0) + weight;
      parts.set(id, sum);
      heaviest = Math.max(heaviest, sum);
    }
  }
  for (const [part, weight] of parts) parts.set(part, weight / heaviest);
  return parts;
}

function distances(
  open: IndexedFile,
  around: readonly Mention[],
  line: number | undefined,
  vocabulary: Vocabulary,
): ReadonlyMap<number, number> {
  const nearest = new Map<number, number>();
  const see = (word: number, distance: number): void => {
    const known = nearest.get(word);
    if (known === undefined || distance < known) nearest.set(word, distance);
  };
  for (let at = 0; at < open.lines.length - 1; at++) {
    const distance = line === undefined ? 0 : Math.abs(at - line);
    for (let place = open.lines[at] ?? 0; place < (open.lines[at + 1] ?? 0); place++)
      see(open.words[place] ?? 0, distance);
  }
  for (const mention of around) {
    const word = vocabulary.find(mention.text);
    if (word !== undefined) see(word, Math.abs(mention.line - (line ?? 0)));
  }
  return nearest;
}
