import { type Cues, rarity } from './cues.ts';
import type { FileStore } from './store.ts';

/** A word in more files than this says nothing about which of them is similar, and would cost the most. */
const MAX_HOLDERS = 100;
/** What the words around the cursor weigh against the others of the document. */
const NEAR = 4;

export interface Neighbourhood {
  readonly cues: Cues;
  /** Files that stand near by other signs, which are taken in any case. */
  readonly related: Iterable<number>;
  /** Tells the copies of the open document, which must not be read. */
  readonly self: (number: number) => boolean;
  /** Most files to take. */
  readonly limit: number;
}

/** The files worth reading closely, each with its likeness to the document by rare shared words, 1 for the most alike. */
export function candidateFiles(store: FileStore, near: Neighbourhood): ReadonlyMap<number, number> {
  const scores = new Float32Array(store.bound);
  for (const word of near.cues.mentions.keys()) {
    const holders = store.holding(word);
    if (holders.length > MAX_HOLDERS) continue;
    const weight = rarity(store, word) ** 2 * (1 + NEAR * (near.cues.words.get(word) ?? 0));
    for (const number of holders) scores[number] = (scores[number] ?? 0) + weight;
  }
  const found: [number, number][] = [];
  let best = 0;
  for (const [number, score] of scores.entries()) {
    const file = score > 0 ? store.file(number) : undefined;
    if (!file || near.self(number)) continue;
    // Long files share more words by chance.
    const likeness = score / Math.sqrt(file.distinct.length + 30);
    best = Math.max(best, likeness);
    found.push([number, likeness]);
  }
  found.sort((a, b) => b[1] - a[1]);
  const likeness = new Map(found);
  const taken = new Map<number, number>();
  for (const number of near.related) {
    if (taken.size >= near.limit / 2) break;
    taken.set(number, (likeness.get(number) ?? 0) / (best || 1));
  }
  for (const [number, score] of found) {
    if (taken.size >= near.limit) break;
    taken.set(number, score / (best || 1));
  }
  return taken;
}
