import type { Cues } from './cues.ts';
import type { IndexedFile } from './indexed-file.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How the words of the files read stand to the cursor, by word number. Valid until the next gathering. */
export interface Evidence {
  /** The words seen that the open document does not hold. */
  readonly words: readonly number[];
  /** Share of the cues in a window around the best line that holds the word: 12 lines before it to 8 after. */
  readonly window: Float32Array;
  /** The same in 3 lines before to 1 after. */
  readonly narrow: Float32Array;
  /** Sum of shared parts of words in the best wide window that holds it, 1 for the best of all. */
  readonly parts: Float32Array;
  /** Parts that the word shares with those around the cursor, 1 for the heaviest part alone. Also of visible words. */
  readonly overlap: Float32Array;
  /** Likeness of the most alike file that holds it. */
  readonly likeness: Float32Array;
  /** How surely it follows the last words before the cursor within six words. */
  readonly follows: Float32Array;
  /** Relations of the files that hold it to the open one, as bits. */
  readonly relations: Uint8Array;
}

/** A file to read, with its likeness to the open one, 0 to 1, and its relations to it as bits. */
export interface Candidate {
  readonly file: IndexedFile;
  readonly likeness: number;
  readonly relations: number;
}

export type GatherEvidence = (cues: Cues, candidates: Iterable<Candidate>) => Evidence;

/** Lines of a window that count for the line it is around. */
interface Reach {
  readonly before: number;
  readonly after: number;
}
const WIDE: Reach = { before: 12, after: 8 };
const NARROW: Reach = { before: 3, after: 1 };
const FOLLOWS_WITHIN = 6;

/** Everything by word number, besides the evidence itself. */
interface State extends Evidence {
  readonly words: number[];
  readonly cues: Cues;
  readonly vocabulary: Vocabulary;
  /** 1 for a word of the open document. */
  readonly visible: Uint8Array;
  /** 1 once the word's overlap is known. */
  readonly known: Uint8Array;
  /** Place among the cues, counted from 1. */
  readonly cue: Uint16Array;
  readonly weights: Float32Array;
  /** Place among the last words before the cursor, counted from 1. */
  readonly last: Uint8Array;
  readonly touched: number[];
  /** By cue, the end of the windows of its earlier occurrences, so that one window counts it once. */
  readonly wideEnd: Int32Array;
  readonly narrowEnd: Int32Array;
}

type Columns = Omit<State, 'words' | 'cues' | 'vocabulary' | 'weights' | 'wideEnd' | 'narrowEnd'> & {
  readonly size: number;
};

/** Gathers with the same arrays over and over: fresh ones for 100,000 words would cost more than the rest. */
export function createEvidence(vocabulary: Vocabulary): GatherEvidence {
  let columns = createColumns(0);
  return (cues, candidates) => {
    if (columns.size < vocabulary.size) columns = createColumns(Math.ceil(vocabulary.size * 1.5));
    else reset(columns);
    const state = begin(columns, cues, vocabulary);
    for (const candidate of candidates) readFile(candidate, state);
    scale(state);
    return state;
  };
}

function createColumns(size: number): Columns {
  const floats = (): Float32Array => new Float32Array(size);
  const bytes = (): Uint8Array => new Uint8Array(size);
  return {
    size,
    window: floats(),
    narrow: floats(),
    parts: floats(),
    overlap: floats(),
    likeness: floats(),
    follows: floats(),
    relations: bytes(),
    visible: bytes(),
    known: bytes(),
    cue: new Uint16Array(size),
    last: bytes(),
    touched: [],
  };
}

function reset(columns: Columns): void {
  const { size: _, touched, ...arrays } = columns;
  for (const column of Object.values(arrays)) for (const word of touched) column[word] = 0;
  touched.length = 0;
}

function begin(columns: Columns, cues: Cues, vocabulary: Vocabulary): State {
  const weights = new Float32Array(cues.words.size + 1);
  let place = 0;
  for (const [word, weight] of cues.words) {
    weights[++place] = weight;
    columns.cue[word] = place;
    columns.touched.push(word);
  }
  for (const [index, word] of cues.last.entries()) {
    columns.last[word] ||= index + 1;
    columns.touched.push(word);
  }
  for (const word of cues.mentions.keys()) {
    columns.visible[word] = 1;
    columns.touched.push(word);
  }
  const ends = (): Int32Array => new Int32Array(place + 1);
  return { ...columns, words: [], cues, vocabulary, weights, wideEnd: ends(), narrowEnd: ends() };
}

function readFile(candidate: Candidate, state: State): void {
  const { file } = candidate;
  const count = file.lines.length - 1;
  const lines = {
    wide: new Float32Array(count + 1),
    narrow: new Float32Array(count + 1),
    parts: new Float32Array(count + 1),
  };
  state.wideEnd.fill(0);
  state.narrowEnd.fill(0);
  for (let line = 0; line < count; line++) {
    for (let at = file.lines[line] ?? 0, end = file.lines[line + 1] ?? 0; at < end; at++) {
      const word = file.words[at] ?? 0;
      if (state.known[word] === 0) meet(word, state);
      lines.parts[line + 1] = (lines.parts[line + 1] ?? 0) + (state.overlap[word] ?? 0);
      const cue = state.cue[word] ?? 0;
      if (cue === 0) continue;
      const weight = state.weights[cue] ?? 0;
      state.wideEnd[cue] = spread(lines.wide, { line, reach: WIDE, after: state.wideEnd[cue] ?? 0, weight });
      state.narrowEnd[cue] = spread(lines.narrow, { line, reach: NARROW, after: state.narrowEnd[cue] ?? 0, weight });
    }
  }
  for (let line = 1; line <= count; line++) {
    lines.wide[line] = (lines.wide[line] ?? 0) + (lines.wide[line - 1] ?? 0);
    lines.narrow[line] = (lines.narrow[line] ?? 0) + (lines.narrow[line - 1] ?? 0);
    lines.parts[line] = (lines.parts[line] ?? 0) + (lines.parts[line - 1] ?? 0);
  }
  credit(candidate, lines, state);
}

/** First sight of a word in this gathering. */
function meet(word: number, state: State): void {
  state.known[word] = 1;
  state.touched.push(word);
  const parts = state.vocabulary.parts(word);
  let shared = 0;
  for (const part of parts) shared += state.cues.parts.get(part) ?? 0;
  state.overlap[word] = shared / Math.sqrt(parts.length || 1);
  if (state.visible[word] === 0) state.words.push(word);
}

/**
 * Adds a weight to the differences of the lines whose window holds this line, from where the windows of earlier
 * occurrences ended. Returns where these end.
 */
function spread(
  differences: Float32Array,
  at: { readonly line: number; readonly reach: Reach; readonly after: number; readonly weight: number },
): number {
  const from = Math.max(at.line - at.reach.after, at.after);
  const to = Math.min(at.line + at.reach.before + 1, differences.length - 1);
  if (from >= to) return at.after;
  differences[from] = (differences[from] ?? 0) + at.weight;
  differences[to] = (differences[to] ?? 0) - at.weight;
  return to;
}

/** Gives each word of a file the best of the lines that hold it, and counts what follows the last words. */
function credit(
  { file, likeness, relations }: Candidate,
  lines: { readonly wide: Float32Array; readonly narrow: Float32Array; readonly parts: Float32Array },
  state: State,
): void {
  const { window, narrow, parts, likeness: likest, follows, relations: related, visible, last } = state;
  const count = file.lines.length - 1;
  let followed = 0;
  let followedUntil = 0;
  for (let line = 0; line < count; line++) {
    const wideHere = lines.wide[line] ?? 0;
    const narrowHere = lines.narrow[line] ?? 0;
    const partsFrom = lines.parts[Math.max(0, line - WIDE.before)] ?? 0;
    const partsHere = (lines.parts[Math.min(count, line + WIDE.after + 1)] ?? 0) - partsFrom;
    for (let at = file.lines[line] ?? 0, end = file.lines[line + 1] ?? 0; at < end; at++) {
      const word = file.words[at] ?? 0;
      if (last[word] !== 0) {
        followed = 1 / (last[word] ?? 1);
        followedUntil = at + FOLLOWS_WITHIN;
        continue;
      }
      if (at <= followedUntil && followed > 0) follows[word] = (follows[word] ?? 0) + followed;
      if (visible[word] !== 0) continue;
      related[word] = (related[word] ?? 0) | relations;
      if (wideHere > (window[word] ?? 0)) window[word] = wideHere;
      if (narrowHere > (narrow[word] ?? 0)) narrow[word] = narrowHere;
      if (partsHere > (parts[word] ?? 0)) parts[word] = partsHere;
      if (likeness > (likest[word] ?? 0)) likest[word] = likeness;
    }
  }
}

/** Makes sums of weights into shares, so that a place with many cues compares with one that has few. */
function scale(state: State): void {
  const total = state.weights.reduce((sum, weight) => sum + weight, 0) || 1;
  let parts = 0;
  for (const word of state.words) parts = Math.max(parts, state.parts[word] ?? 0);
  for (const word of state.words) {
    state.window[word] = (state.window[word] ?? 0) / total;
    state.narrow[word] = (state.narrow[word] ?? 0) / total;
    state.parts[word] = (state.parts[word] ?? 0) / (parts || 1);
  }
  for (const word of state.words) state.follows[word] = saturated(state.follows[word] ?? 0);
  for (const word of state.cues.mentions.keys()) state.follows[word] = saturated(state.follows[word] ?? 0);
}

const saturated = (count: number): number => count / (count + 2);
