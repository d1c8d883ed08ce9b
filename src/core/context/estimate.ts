import {
  type Candidacy,
  describeMentioned,
  describeUnmentioned,
  describeWord,
  MAX_DEFINITIONS,
  mentionedFeatures,
  unmentionedFeatures,
  wordFeatures,
} from './features.ts';
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
  readonly place: number;
  readonly likelihood: number;
}

/** Below this a word or a definition is not worth any place. */
const NEGLIGIBLE = 0.0002;
const SHORTEST_WORD = 3;

export function estimate(situation: Situation, ownNames: ReadonlySet<number>): Estimate {
  return { words: estimateWords(situation), definitions: estimateDefinitions(situation, ownNames) };
}

function estimateWords(situation: Situation): Float32Array {
  const { vocabulary, evidence } = situation;
  const likelihoods = new Float32Array(vocabulary.size);
  const row = new Float64Array(wordFeatures.length);
  for (const word of evidence.words) {
    if (vocabulary.word(word).length < SHORTEST_WORD) continue;
    describeWord(word, situation, row);
    const likelihood = logistic(words, row);
    if (likelihood > NEGLIGIBLE) likelihoods[word] = likelihood;
  }
  return likelihoods;
}

/** Names that the open document declares itself are not looked up elsewhere. */
function estimateDefinitions(situation: Situation, ownNames: ReadonlySet<number>): readonly EstimatedDefinition[] {
  const found: EstimatedDefinition[] = [];
  const rows = {
    mentioned: new Float64Array(mentionedFeatures.length),
    unmentioned: new Float64Array(unmentionedFeatures.length),
  };
  const consider = (number: number, place: number): void => {
    const file = situation.store.file(number);
    const definition = file?.definitions[place];
    if (!file || !definition || ownNames.has(definition.word)) return;
    const candidacy = { number, file, definition, place };
    const known = situation.cues.mentions.has(definition.word);
    if (known) describeMentioned(candidacy, situation, rows.mentioned);
    else describeUnmentioned(candidacy, situation, rows.unmentioned);
    const likelihood = known ? logistic(mentioned, rows.mentioned) : logistic(unmentioned, rows.unmentioned);
    if (likelihood > NEGLIGIBLE) found.push({ ...candidacy, likelihood });
  };
  for (const word of situation.evidence.words) considerAll(word, situation, consider);
  for (const word of situation.cues.mentions.keys()) considerAll(word, situation, consider);
  return found;
}

function considerAll(word: number, situation: Situation, consider: (number: number, place: number) => void): void {
  let left = MAX_DEFINITIONS;
  for (const { file, place } of situation.store.defining(word)) {
    if (situation.self(file)) continue;
    if (left-- === 0) break;
    consider(file, place);
  }
}

function logistic(weights: Float64Array, row: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < row.length; at++) sum += (weights[at] ?? 0) * (row[at] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
