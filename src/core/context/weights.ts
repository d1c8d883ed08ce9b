import { mentionedFeatures, unmentionedFeatures, wordFeatures } from './features.ts';

type Weights<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;

const wordWeights: Weights<typeof wordFeatures> = {
  bias: -7.89,
  window: 3.66,
  narrow: 0.32,
  parts: 1.01,
  overlap: 1.5,
  likeness: 2.7,
  follows: 1.17,
  rare: -2.04,
  typed: -0.15,
  'not typed': -0.01,
  'in imported': 0.27,
  'in importer': -0.07,
  'in open tab': 0,
  'in same folder': 0.13,
  'in second import': -0.32,
  'names type': -0.97,
  'names function': -0.66,
  'names method': 0.27,
  'names field': -0.41,
  'names constant': -0.5,
  'defined in related': 0.36,
};

const mentionedWeights: Weights<typeof mentionedFeatures> = {
  bias: -3.98,
  near: 0.41,
  proximity: 1.28,
  distance: -1.34,
  'named in import': 0.85,
  rare: -0.19,
  follows: 0.55,
  typed: -0.31,
  'not typed': 0.12,
  imported: -0.03,
  importer: -0.36,
  'open tab': 0,
  'same folder': -0.2,
  'second import': -0.26,
  'file likeness': 0.2,
  type: 1.2,
  function: 0.97,
  method: 1.19,
  field: -1.34,
  definitions: -0.6,
  'container near': 0.48,
};

const unmentionedWeights: Weights<typeof unmentionedFeatures> = {
  bias: -11.06,
  window: 1.44,
  narrow: 1.28,
  parts: 0.72,
  overlap: 1.07,
  likeness: 3.01,
  follows: 1.65,
  rare: -0.5,
  typed: -0.03,
  'not typed': -0.03,
  'in imported': 0.42,
  'in importer': 0.11,
  'in open tab': 0,
  'in same folder': -0.03,
  'in second import': 0.03,
  'names type': 0.59,
  'names function': 0.57,
  'names method': 1.3,
  'names field': 0.98,
  'names constant': -0.19,
  'defined in related': 0.26,
  imported: 0.67,
  importer: -0.9,
  'open tab': 0,
  'same folder': 0.5,
  'second import': -0.22,
  'file likeness': -0.53,
  type: 0.85,
  function: 0.69,
  method: 0.69,
  field: -1.35,
  definitions: -0.53,
  'container near': 0.97,
};

const ordered = <Name extends string>(names: readonly Name[], weights: Readonly<Record<Name, number>>): Float64Array =>
  Float64Array.from(names, (name) => weights[name]);

/** In the order of the features. */
export const words: Float64Array = ordered(wordFeatures, wordWeights);
export const mentioned: Float64Array = ordered(mentionedFeatures, mentionedWeights);
export const unmentioned: Float64Array = ordered(unmentionedFeatures, unmentionedWeights);
