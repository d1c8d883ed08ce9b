import type { Estimate, EstimatedDefinition } from './estimate.ts';
import type { IndexedFile } from './indexed-file.ts';
import type { Situation } from './situation.ts';

/** A piece of a file that can be shown: the signature of a definition, or a run of whole lines. */
export interface Unit {
  readonly number: number;
  readonly file: IndexedFile;
  /** Place of the definition; undefined for a run. */
  readonly place: number | undefined;
  /** First line, and the line after the last. */
  readonly from: number;
  readonly to: number;
  /** Characters, with line ends. */
  readonly cost: number;
  /** No less than its gain. */
  readonly bound: number;
}

/** The units worth a look, the bounds of their gains, and what their gain is while some of it is covered. */
export interface Units {
  readonly all: readonly Unit[];
  gain(unit: Unit): number;
  /** Counts what a unit holds as shown: no other unit gains by it any more. */
  cover(unit: Unit): void;
}

/** What a definition that is used weighs against a word that is. */
const DEFINITION = 4;
/** Single lines score well and read badly: code is shown in runs of this many lines. */
const RUN = 4;
/** Units looked at for each character of the budget: a few times what fits, for what they share is gained once. */
const SIGNATURES = 1 / 15;
const RUNS = 1 / 8;

export function unitsOf(estimate: Estimate, situation: Situation, budget: number): Units {
  // What is left to gain by each word; and by definition, of each file and place.
  const words = estimate.words.slice();
  const likelihoods = byPlace(estimate.definitions);
  const covered = new Set<number>();
  return {
    all: [...signatures(estimate, budget * SIGNATURES), ...runs(estimate, likelihoods, situation, budget * RUNS)],
    gain(unit) {
      const gain = { words: 0, definitions: 0 };
      const shown = wordsOf(unit);
      const taken: number[] = [];
      for (let at = shown.from; at < shown.to; at++) {
        const word = shown.words[at] ?? 0;
        const worth = words[word] ?? 0;
        if (worth === 0) continue;
        gain.words += worth;
        // Nothing until the end of this count, so that a word that stands here twice counts once.
        words[word] = 0;
        taken.push(word, worth);
      }
      for (let at = 0; at < taken.length; at += 2) words[taken[at] ?? 0] = taken[at + 1] ?? 0;
      const places = likelihoods.get(unit.number);
      if (places)
        eachPlace(unit, (place, word) => {
          if (!covered.has(word)) gain.definitions += places.get(place) ?? 0;
        });
      return gain.words + DEFINITION * gain.definitions;
    },
    cover(unit) {
      const shown = wordsOf(unit);
      for (let at = shown.from; at < shown.to; at++) words[shown.words[at] ?? 0] = 0;
      eachPlace(unit, (_, word) => covered.add(word));
    },
  };
}

/** Where the words of a unit stand. */
function wordsOf({ file, place, from, to }: Unit): { words: ArrayLike<number>; from: number; to: number } {
  if (place === undefined) return { words: file.words, from: file.lines[from] ?? 0, to: file.lines[to] ?? 0 };
  const words = file.definitions[place]?.signature ?? [];
  return { words, from: 0, to: words.length };
}

function eachPlace({ file, place, from, to }: Unit, visit: (place: number, word: number) => void): void {
  if (place !== undefined) visit(place, file.definitions[place]?.word ?? -1);
  else
    for (let line = from; line < to; line++)
      for (const defined of file.definitionsByLine.get(line) ?? [])
        visit(defined, file.definitions[defined]?.word ?? -1);
}

type ByPlace = ReadonlyMap<number, ReadonlyMap<number, number>>;

function byPlace(definitions: readonly EstimatedDefinition[]): ByPlace {
  const files = new Map<number, Map<number, number>>();
  for (const { number, place, likelihood } of definitions) {
    const places = files.get(number) ?? new Map<number, number>();
    places.set(place, likelihood);
    files.set(number, places);
  }
  return files;
}

function signatures({ definitions, words }: Estimate, limit: number): readonly Unit[] {
  const units = definitions.map(({ number, file, place, definition, likelihood }): Unit => {
    const { line, signature } = definition.symbol;
    let bound = DEFINITION * likelihood;
    for (const word of definition.signature) bound += words[word] ?? 0;
    return { number, file, place, from: line, to: line + 1, cost: signature.length + 3, bound };
  });
  const least = leastOf(
    units.map(({ bound, cost }) => ratio(bound, cost)),
    limit,
  );
  return units.filter(({ bound, cost }) => ratio(bound, cost) >= least);
}

function runs(
  estimate: Estimate,
  likelihoods: ByPlace,
  { likeness, store }: Situation,
  limit: number,
): readonly Unit[] {
  const files = [...likeness.keys()].flatMap((number) => {
    const file = store.file(number);
    return file ? [{ number, file, sums: sumsByLine(file, estimate.words, likelihoods.get(number)) }] : [];
  });
  const ratios: number[] = [];
  for (const { file, sums } of files) eachRun(file, sums, (_, found) => ratios.push(found));
  const least = leastOf(ratios, limit);
  const units: Unit[] = [];
  for (const { number, file, sums } of files)
    eachRun(file, sums, (from, found) => {
      if (found < least) return;
      const to = Math.min(from + RUN, sums.length - 1);
      const bound = (sums[to] ?? 0) - (sums[from] ?? 0);
      units.push({ number, file, place: undefined, from, to, cost: charactersOf(file, from, to), bound });
    });
  return units;
}

/** For each line, what all lines before it are worth together. */
function sumsByLine(
  file: IndexedFile,
  words: Float32Array,
  likelihoods: ReadonlyMap<number, number> | undefined,
): Float64Array {
  const count = file.lines.length - 1;
  const sums = new Float64Array(count + 1);
  for (const [place, likelihood] of likelihoods ?? []) {
    const line = file.definitions[place]?.symbol.line ?? 0;
    sums[line + 1] = (sums[line + 1] ?? 0) + DEFINITION * likelihood;
  }
  for (let line = 0; line < count; line++) {
    let sum = (sums[line] ?? 0) + (sums[line + 1] ?? 0);
    for (let at = file.lines[line] ?? 0, end = file.lines[line + 1] ?? 0; at < end; at++)
      sum += words[file.words[at] ?? 0] ?? 0;
    sums[line + 1] = sum;
  }
  return sums;
}

/** Visits the runs that beat those beginning a line before and after. */
function eachRun(file: IndexedFile, sums: Float64Array, visit: (from: number, ratio: number) => void): void {
  const count = sums.length - 1;
  const ratioAt = (from: number): number => {
    const to = Math.min(from + RUN, count);
    return ratio((sums[to] ?? 0) - (sums[from] ?? 0), charactersOf(file, from, to));
  };
  let before = 0;
  let here = ratioAt(0);
  for (let from = 0; from < count; from++) {
    const after = ratioAt(from + 1);
    if (here > before && here >= after && here > 0) visit(from, here);
    before = here;
    here = after;
  }
}

/** The share of a header is added, so that short pieces do not win by their shortness alone. */
const ratio = (gain: number, cost: number): number => gain / (cost + 15);

/** The least of the highest ratios. */
function leastOf(ratios: readonly number[], limit: number): number {
  return Float64Array.from(ratios).sort().at(-Math.ceil(limit)) ?? 0;
}

function charactersOf(file: IndexedFile, from: number, to: number): number {
  return (file.lineOffsets[to] ?? file.document.text.length) - (file.lineOffsets[from] ?? 0);
}
