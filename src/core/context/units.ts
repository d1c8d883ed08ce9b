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
  /** Numbers of the words in it that may be used. */
  readonly words: readonly number[];
  /** Words defined in it with their likelihood. */
  readonly defines: readonly (readonly [word: number, likelihood: number])[];
  /** Characters, with line ends. */
  readonly cost: number;
}

/** What a definition that is used weighs against a word that is. */
const DEFINITION = 4;
/** Single lines score well and read badly: code is shown in runs. */
const RUN = 4;
const MAX_SIGNATURES = 800;
const MAX_RUNS = 1_500;

export function unitsOf(estimate: Estimate, situation: Situation): readonly Unit[] {
  return [...signatures(estimate), ...runs(estimate, situation)];
}

/** What is gained by what a unit holds and `covered` does not yet. */
export function gainOf(unit: Unit, estimate: Estimate, covered: Covered): number {
  let gain = 0;
  for (const word of unit.words) if (!covered.words.has(word)) gain += estimate.words[word] ?? 0;
  for (const [word, likelihood] of unit.defines) if (!covered.definitions.has(word)) gain += DEFINITION * likelihood;
  return gain;
}

export interface Covered {
  readonly words: ReadonlySet<number>;
  readonly definitions: ReadonlySet<number>;
}

function signatures(estimate: Estimate): readonly Unit[] {
  const worth = ({ likelihood, definition }: EstimatedDefinition): number =>
    (DEFINITION * likelihood + (estimate.words[definition.word] ?? 0)) / (definition.symbol.signature.length + 10);
  return [...estimate.definitions]
    .sort((a, b) => worth(b) - worth(a))
    .slice(0, MAX_SIGNATURES)
    .map(({ number, file, place, definition, likelihood }) => {
      const { signature, line } = definition.symbol;
      const words = definition.signature.filter((word) => (estimate.words[word] ?? 0) > 0);
      const defines = [[definition.word, likelihood] as const];
      return { number, file, place, from: line, to: line + 1, words, defines, cost: signature.length + 3 };
    });
}

function runs(estimate: Estimate, situation: Situation): readonly Unit[] {
  const byFile = new Map<number, Map<number, number>>();
  for (const { number, definition, likelihood } of estimate.definitions) {
    const lines = byFile.get(number) ?? new Map<number, number>();
    lines.set(definition.symbol.line, (lines.get(definition.symbol.line) ?? 0) + DEFINITION * likelihood);
    byFile.set(number, lines);
  }
  const found: {
    readonly number: number;
    readonly file: IndexedFile;
    readonly from: number;
    readonly ratio: number;
  }[] = [];
  for (const number of situation.likeness.keys()) {
    const file = situation.store.file(number);
    if (!file) continue;
    for (const run of bestRuns(file, estimate, byFile.get(number))) found.push({ number, file, ...run });
  }
  found.sort((a, b) => b.ratio - a.ratio);
  const likelihoods = new Map(estimate.definitions.map((one) => [`${one.number}:${one.place}`, one.likelihood]));
  return found.slice(0, MAX_RUNS).map(({ number, file, from }) => {
    const to = Math.min(from + RUN, file.lines.length - 1);
    const words = new Set<number>();
    for (let at = file.lines[from] ?? 0; at < (file.lines[to] ?? 0); at++) {
      const word = file.words[at] ?? 0;
      if ((estimate.words[word] ?? 0) > 0) words.add(word);
    }
    const defines: [number, number][] = [];
    for (let line = from; line < to; line++)
      for (const place of file.definitionsByLine.get(line) ?? [])
        defines.push([file.definitions[place]?.word ?? 0, likelihoods.get(`${number}:${place}`) ?? 0]);
    return { number, file, place: undefined, from, to, words: [...words], defines, cost: charactersOf(file, from, to) };
  });
}

/** The runs of a file that beat those beginning a line before and after, by an upper bound of their gain. */
function bestRuns(
  file: IndexedFile,
  estimate: Estimate,
  definitions: ReadonlyMap<number, number> | undefined,
): readonly { readonly from: number; readonly ratio: number }[] {
  const count = file.lines.length - 1;
  const sums = new Float32Array(count + 1);
  let any = false;
  for (let line = 0; line < count; line++) {
    let value = definitions?.get(line) ?? 0;
    for (let at = file.lines[line] ?? 0; at < (file.lines[line + 1] ?? 0); at++)
      value += estimate.words[file.words[at] ?? 0] ?? 0;
    any ||= value > 0;
    sums[line + 1] = (sums[line] ?? 0) + value;
  }
  if (!any) return [];
  const ratios = new Float32Array(count + 1);
  for (let from = 0; from < count; from++) {
    const to = Math.min(from + RUN, count);
    ratios[from] = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (charactersOf(file, from, to) + 20);
  }
  const found: { from: number; ratio: number }[] = [];
  for (let from = 0; from < count; from++) {
    const ratio = ratios[from] ?? 0;
    if (ratio > 0 && ratio >= (ratios[from + 1] ?? 0) && ratio > (ratios[from - 1] ?? 0)) found.push({ from, ratio });
  }
  return found;
}

function charactersOf(file: IndexedFile, from: number, to: number): number {
  const end = file.lineOffsets[to] ?? file.document.text.length;
  return end - (file.lineOffsets[from] ?? 0);
}
