import type { RedactedText } from '../redaction/redact.ts';
import {
  beginDocument,
  type Corpus,
  createCorpus,
  depthAt,
  forgetDocument,
  ORDER,
  placesAfter,
  pushToken,
  tokenAt,
} from './corpus.ts';
import { GAP, LINE_FEED, type Token, tokensOf } from './tokens.ts';

/** Finds how code of the open workspace went on where the same tokens stood before. It repeats; it does not write. */
export interface NgramModel {
  /** Queues a document to be learned; an earlier version of it is forgotten. `work` does the learning. */
  learn(uri: string, text: RedactedText, languageId: string): void;
  forget(uri: string): void;
  /** Learns a slice of what is queued, about a millisecond of work. True while more is queued. */
  work(): boolean;
  /** The rest of the line after a text, or as much of it as is sure; empty when nothing is. */
  propose(prefix: string, languageId: string): string;
  /** Tokens learned; a bounded number. */
  readonly size: number;
}

export interface NgramLimits {
  /** Most tokens remembered; 8 bytes each, besides their words. */
  readonly tokens: number;
  /** Most tokens learned in one slice. */
  readonly slice: number;
}

/** Documents longer than this are generated more often than written. */
const LONGEST_DOCUMENT = 400_000;
/** The end of the prefix that is read; more than the longest context. */
const WINDOW = 600;
const CONTEXT = 12;
const LONGEST_PROPOSAL = 32;
/** How many places must agree. One place alone is right too seldom. */
const SUPPORT = 2;

export function createNgramModel(limits: NgramLimits = { tokens: 1_000_000, slice: 2000 }): NgramModel {
  const corpus = createCorpus(limits.tokens);
  const queue = new Map<string, { readonly text: RedactedText; readonly languageId: string }>();
  let current: { readonly uri: string; readonly tokens: Iterator<Token> } | undefined;
  const begin = () => {
    const [next] = queue;
    if (!next) return undefined;
    const [uri, { text, languageId }] = next;
    queue.delete(uri);
    forgetDocument(corpus, uri);
    beginDocument(corpus, uri, languageId);
    return { uri, tokens: tokensOf(text.text) };
  };
  return {
    learn(uri, text, languageId) {
      queue.delete(uri);
      if (text.length <= LONGEST_DOCUMENT) queue.set(uri, { text, languageId });
    },
    forget(uri) {
      queue.delete(uri);
      forgetDocument(corpus, uri);
      if (current?.uri === uri) current = undefined;
    },
    work() {
      for (let left = limits.slice; left > 0; left--) {
        current ??= begin();
        if (!current) return false;
        const { value, done } = current.tokens.next();
        if (done || !pushToken(corpus, value)) current = undefined;
      }
      return current !== undefined || queue.size > 0;
    },
    propose: (prefix, languageId) => propose(corpus, prefix, languageId),
    get size() {
      return corpus.store.length;
    },
  };
}

function propose(corpus: Corpus, prefix: string, languageId: string): string {
  const { context, begun } = readEnd(prefix.slice(-WINDOW));
  let places = supported(corpus, context, languageId);
  let text = '';
  for (let length = 0; length < LONGEST_PROPOSAL && places.length >= SUPPORT; length++) {
    const token = unanimous(corpus, places);
    if (token === undefined || token === LINE_FEED || token === GAP) break;
    if (length === 0 && !token.startsWith(begun)) break;
    text += length === 0 ? token.slice(begun.length) : token;
    places = places.map((place) => place + 1);
  }
  return text;
}

/** The whole tokens before the cursor, and the one that is begun there: part of a word, or the space before the next token. */
function readEnd(text: string): { readonly context: readonly Token[]; readonly begun: string } {
  const tokens = [...tokensOf(text)];
  if (/[ \t]$/.test(text))
    return { context: tokens.slice(-CONTEXT), begun: /\n[ \t]*$|^[ \t]*$/.test(text) ? '' : ' ' };
  const last = tokens.at(-1);
  if (last === undefined || !/[\w$\u0080-\uffff]$/.test(last)) return { context: tokens.slice(-CONTEXT), begun: '' };
  return { context: tokens.slice(0, -1).slice(-CONTEXT), begun: last };
}

/** Where the longest context stood that stood at enough places. */
function supported(corpus: Corpus, context: readonly Token[], languageId: string): readonly number[] {
  const depths = placesAfter(corpus, context, languageId).map((place) => ({
    place,
    depth: depthAt(corpus, place, context),
  }));
  depths.sort((one, other) => other.depth - one.depth);
  const least = depths[SUPPORT - 1]?.depth ?? 0;
  if (least < ORDER) return [];
  return depths.filter(({ depth }) => depth >= least).map(({ place }) => place);
}

/** The token that follows at every place. */
function unanimous(corpus: Corpus, places: readonly number[]): Token | undefined {
  let token: Token | undefined;
  for (const place of places) {
    const here = tokenAt(corpus, place);
    if (here === undefined || (token !== undefined && here !== token)) return undefined;
    token = here;
  }
  return token;
}
