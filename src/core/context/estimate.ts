import type { Evidence } from './evidence.ts';
import {
  type Candidacy,
  describeMention,
  describePlace,
  describeWord,
  mentionFeatures,
  placeFeatures,
  wordFeatures,
} from './features.ts';
import { MAX_DEFINITIONS } from './near-types.ts';
import type { Situation } from './situation.ts';
import { mentioned, unmentioned, words } from './weights.ts';

/** How likely the next lines use what could be shown. */
export interface Estimate {
  /** By word number; 0 for words of the open document and for those too short to mean anything. */
  readonly words: Float32Array;
  /** Of each definition worth a thought, once. */
  readonly definitions: readonly EstimatedDefinition[];
}

export interface EstimatedDefinition extends Candidacy {
  readonly likelihood: number;
}

/** Below this a word or a definition is not worth any place. */
const NEGLIGIBLE = 0.0003;
const SHORTEST_WORD = 3;
const FAR_WINDOW = 0.03;
const FAR_OVERLAP = 0.1;

/** `ownNames` are those that the open document declares itself: they are not looked up elsewhere. */
export function estimate(situation: Situation, ownNames: ReadonlySet<number>): Estimate {
  const { vocabulary, evidence, cues } = situation;
  const likelihoods = new Float32Array(vocabulary.size);
  const definitions: EstimatedDefinition[] = [];
  const row = new Float64Array(wordFeatures.length);
  const place = new Float64Array(placeFeatures.length);
  for (const word of evidence.words) {
    if (isFar(word, evidence)) continue;
    describeWord(word, situation, row);
    const likelihood = logistic(dot(words, row, 0));
    if (likelihood > NEGLIGIBLE && vocabulary.word(word).length >= SHORTEST_WORD) likelihoods[word] = likelihood;
    const known = dot(unmentioned, row, 0);
    eachDefinition(word, situation, (candidacy) => {
      describePlace(candidacy, situation, place);
      add(definitions, candidacy, logistic(known + dot(unmentioned, place, row.length)));
    });
  }
  const mention = new Float64Array(mentionFeatures.length);
  for (const word of cues.mentions.keys()) {
    if (ownNames.has(word)) continue;
    eachDefinition(word, situation, (candidacy) => {
      describeMention(candidacy, situation, mention);
      describePlace(candidacy, situation, place);
      add(definitions, candidacy, logistic(dot(mentioned, mention, 0) + dot(mentioned, place, mention.length)));
    });
  }
  return { words: likelihoods, definitions };
}

/** Most words of a file: a closer look at them would cost more than half of a query and find next to nothing. */
function isFar(word: number, { window, overlap, follows }: Evidence): boolean {
  return (window[word] ?? 0) < FAR_WINDOW && (overlap[word] ?? 0) < FAR_OVERLAP && (follows[word] ?? 0) === 0;
}

function add(definitions: EstimatedDefinition[], candidacy: Candidacy, likelihood: number): void {
  const { number, file, definition, place } = candidacy;
  if (likelihood > NEGLIGIBLE) definitions.push({ number, file, definition, place, likelihood });
}

function eachDefinition(word: number, situation: Situation, visit: (candidacy: Candidacy) => void): void {
  let left = MAX_DEFINITIONS;
  for (const { file: number, place } of situation.store.defining(word)) {
    const file = situation.self(number) ? undefined : situation.store.file(number);
    const definition = file?.definitions[place];
    if (!file || !definition) continue;
    if (left-- === 0) break;
    visit({ number, file, definition, place });
  }
}

/** A row against the weights that begin at a place among all of a model. */
function dot(weights: Float64Array, row: Float64Array, from: number): number {
  let sum = 0;
  for (let at = 0; at < row.length; at++) sum += (weights[from + at] ?? 0) * (row[at] ?? 0);
  return sum;
}

const logistic = (sum: number): number => 1 / (1 + Math.exp(-sum));
