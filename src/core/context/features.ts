import type { SymbolKind } from '../syntax/language.ts';
import { rarity } from './cues.ts';
import type { Definition, IndexedFile } from './indexed-file.ts';
import { MAX_DEFINITIONS } from './near-types.ts';
import type { Situation } from './situation.ts';

/**
 * What is measured of a word or a definition to tell how likely the next lines use it. Three kinds of candidates, each
 * with its own list: words that the open document does not hold, definitions whose name it does, other definitions.
 * Values are between 0 and 1, or small.
 */

/** A definition that may be shown, with the number of its file. */
export interface Candidacy {
  readonly number: number;
  readonly file: IndexedFile;
  readonly definition: Definition;
  /** Its place in the definitions of the file. */
  readonly place: number;
}

/** Of a word that the open document does not hold. */
export const wordFeatures = [
  'bias',
  'window',
  'narrow',
  'parts',
  'overlap',
  'likeness',
  'follows',
  'rare',
  'typed',
  'not typed',
  'in imported',
  'in importer',
  'in open tab',
  'in same folder',
  'in second import',
  'names type',
  'names function',
  'names method',
  'names field',
  'names constant',
  'defined in related',
  'member of near type',
  'window alike',
  'log window',
  'log overlap',
] as const;

/** Of a definition, by where it stands and what it is. */
export const placeFeatures = [
  'imported',
  'importer',
  'open tab',
  'same folder',
  'second import',
  'file likeness',
  'type',
  'function',
  'method',
  'field',
  'definitions',
  'container near',
] as const;

/** Of a definition whose name stands in the open document. */
export const mentionFeatures = [
  'bias',
  'near',
  'proximity',
  'distance',
  'named in import',
  'rare',
  'follows',
  'typed',
  'not typed',
] as const;

export const mentionedFeatures = [...mentionFeatures, ...placeFeatures] as const;

export const unmentionedFeatures = [...wordFeatures, ...placeFeatures] as const;

/** Writes `wordFeatures`. */
export function describeWord(word: number, situation: Situation, row: Float64Array): void {
  const { evidence, store, cues, vocabulary } = situation;
  row.fill(0);
  row[0] = 1;
  row[1] = evidence.window[word] ?? 0;
  row[2] = evidence.narrow[word] ?? 0;
  row[3] = evidence.parts[word] ?? 0;
  row[4] = Math.min(evidence.overlap[word] ?? 0, 2);
  row[5] = evidence.likeness[word] ?? 0;
  row[6] = evidence.follows[word] ?? 0;
  row[7] = rarity(store, word);
  if (cues.typed !== '') row[vocabulary.word(word).startsWith(cues.typed) ? 8 : 9] = 1;
  writeBits(evidence.relations[word] ?? 0, row, 10);
  const definitions = store.defining(word);
  for (let at = 0; at < definitions.length && at < MAX_DEFINITIONS; at++) {
    const { file, place } = definitions[at] ?? { file: -1, place: -1 };
    const definition = store.file(file)?.definitions[place];
    if (!definition) continue;
    row[15 + Math.max(0, kinds.indexOf(kindOf(definition)))] = 1;
    if (situation.related.bits.has(file)) row[20] = 1;
    row[21] = Math.max(row[21] ?? 0, nearnessOfContainer(store.file(file), definition, situation));
  }
  row[22] = (row[1] ?? 0) * (row[5] ?? 0);
  row[23] = Math.log((row[1] ?? 0) + 0.02) / 4 + 1;
  row[24] = Math.log((row[4] ?? 0) + 0.05) / 3 + 1;
}

/** Writes `mentionFeatures`. */
export function describeMention(candidacy: Candidacy, situation: Situation, row: Float64Array): void {
  const { cues, store, related, vocabulary, evidence } = situation;
  const { word, symbol } = candidacy.definition;
  const distance = cues.mentions.get(word) ?? 1_000;
  row.fill(0);
  row[0] = 1;
  row[1] = Math.exp(-distance / 3);
  row[2] = Math.exp(-distance / 14);
  row[3] = Math.log1p(distance) / 7;
  row[4] = related.named.get(symbol.name)?.includes(candidacy.number) ? 1 : 0;
  row[5] = rarity(store, word);
  row[6] = evidence.follows[word] ?? 0;
  if (cues.typed !== '') row[vocabulary.word(word).startsWith(cues.typed) ? 7 : 8] = 1;
}

/** Writes `placeFeatures`. */
export function describePlace(candidacy: Candidacy, situation: Situation, row: Float64Array): void {
  const { number, file, definition } = candidacy;
  row.fill(0);
  writeBits(situation.related.bits.get(number) ?? 0, row, 0);
  row[5] = situation.likeness.get(number) ?? 0;
  const kind = kinds.indexOf(kindOf(definition));
  if (kind < 4) row[6 + kind] = 1;
  row[10] = Math.log2(situation.store.defining(definition.word).length);
  row[11] = nearnessOfContainer(file, definition, situation);
}

const kinds = ['type', 'function', 'method', 'field', 'constant'] as const;

const groups: Readonly<Record<SymbolKind, (typeof kinds)[number]>> = {
  namespace: 'type',
  class: 'type',
  interface: 'type',
  enum: 'type',
  type: 'type',
  function: 'function',
  macro: 'function',
  method: 'method',
  constructor: 'method',
  field: 'field',
  constant: 'constant',
  key: 'constant',
};

const kindOf = ({ symbol }: Definition): (typeof kinds)[number] => groups[symbol.kind];

function nearnessOfContainer(file: IndexedFile | undefined, definition: Definition, situation: Situation): number {
  const container = file?.definitions[definition.parent]?.word;
  return container === undefined ? 0 : (situation.types.get(container) ?? 0);
}

function writeBits(bits: number, row: Float64Array, from: number): void {
  for (let bit = 0; bit < 5; bit++) row[from + bit] = (bits >> bit) & 1;
}
