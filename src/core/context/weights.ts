import { mentionedFeatures, unmentionedFeatures, wordFeatures } from './features.ts';

type Weights<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;

const wordWeights: Weights<typeof wordFeatures> = {
  bias: -8.1,
  window: 1.08,
  narrow: -0.06,
  parts: 0.8,
  overlap: 0.71,
  likeness: 2.28,
  follows: 1.06,
  rare: -2.04,
  typed: 0,
  'not typed': 0,
  'in imported': 0.23,
  'in importer': -0.02,
  'in open tab': 0,
  'in same folder': 0.14,
  'in second import': -0.31,
  'names type': -0.98,
  'names function': -0.66,
  'names method': 0.2,
  'names field': -0.48,
  'names constant': -0.5,
  'defined in related': 0.28,
  'member of near type': 0.64,
  'window alike': 1.75,
  'log window': 1.64,
  'log overlap': 0.69,
};

const mentionedWeights: Weights<typeof mentionedFeatures> = {
  bias: -3.95,
  near: 0.41,
  proximity: 1.26,
  distance: -1.34,
  'named in import': 0.87,
  rare: -0.22,
  follows: 0.54,
  typed: 0,
  'not typed': 0,
  imported: -0.05,
  importer: -0.34,
  'open tab': 0,
  'same folder': -0.2,
  'second import': -0.27,
  'file likeness': 0.17,
  type: 1.22,
  function: 0.99,
  method: 1.16,
  field: -1.36,
  definitions: -0.6,
  'container near': 0.67,
};

const unmentionedWeights: Weights<typeof unmentionedFeatures> = {
  bias: -11.33,
  window: 0.38,
  narrow: 0.93,
  parts: 0.47,
  overlap: -0.4,
  likeness: 2.82,
  follows: 1.56,
  rare: -0.56,
  typed: 0,
  'not typed': 0,
  'in imported': 0.39,
  'in importer': 0.13,
  'in open tab': 0,
  'in same folder': -0.04,
  'in second import': 0.03,
  'names type': 0.57,
  'names function': 0.6,
  'names method': 1.27,
  'names field': 1.02,
  'names constant': -0.13,
  'defined in related': 0.22,
  'member of near type': 0.05,
  'window alike': 0.64,
  'log window': 1.2,
  'log overlap': 1.38,
  imported: 0.68,
  importer: -0.91,
  'open tab': 0,
  'same folder': 0.53,
  'second import': -0.23,
  'file likeness': -0.58,
  type: 0.87,
  function: 0.66,
  method: 0.71,
  field: -1.37,
  definitions: -0.53,
  'container near': 0.92,
};

const ordered = <Name extends string>(names: readonly Name[], weights: Readonly<Record<Name, number>>): Float64Array =>
  Float64Array.from(names, (name) => weights[name]);

/** In the order of the features. */
export const words: Float64Array = ordered(wordFeatures, wordWeights);
export const mentioned: Float64Array = ordered(mentionedFeatures, mentionedWeights);
export const unmentioned: Float64Array = ordered(unmentionedFeatures, unmentionedWeights);
