import { type Label, type Probe, rank, type Sweep } from '../../engine/detector.ts';
import { createKeywordIndex } from '../../engine/keywords.ts';

/** What a policy adds: patterns and words. */
export interface CustomRules {
  readonly rules: readonly { readonly name: string; readonly pattern: string }[];
  readonly words: readonly string[];
}

/**
 * Longest piece of a line that a policy's pattern sees at once. Patterns come from administrators and may backtrack;
 * on a piece of this length, with the clock asked between pieces, even a poor one stays within the deadline's reach.
 */
const PIECE = 1024;
const OVERLAP = 256;

const compiled = new WeakMap<CustomRules, readonly Sweep[]>();

/** Sweeps of a policy's rules, made once for a policy. The policy's schema has checked that patterns compile. */
export function customSweeps(custom: CustomRules): readonly Sweep[] {
  const known = compiled.get(custom);
  if (known) return known;
  const sweeps = custom.rules.map((rule) => patternSweep(new RegExp(rule.pattern, 'gu'), labelOf(rule.name)));
  const indexed = custom.words.filter(isIndexable);
  const others = custom.words.filter((word) => !isIndexable(word));
  if (indexed.length > 0) sweeps.push(wordSweep(indexed));
  if (others.length > 0) sweeps.push(literalSweep(others));
  compiled.set(custom, sweeps);
  return sweeps;
}

const labelOf = (name: string): Label => ({
  type: name
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 24),
  kind: 'custom',
  rule: `policy/${name}`,
  rank: rank.custom,
});

function patternSweep(pattern: RegExp, label: Label): Sweep {
  return (probe: Probe) => {
    for (let start = 0; start < probe.text.length; ) {
      if (probe.expired()) return;
      const newline = probe.text.indexOf('\n', start);
      const lineEnd = newline < 0 ? probe.text.length : newline;
      const end = Math.min(lineEnd, start + PIECE);
      for (const found of probe.text.slice(start, end).matchAll(pattern))
        if (found[0].length > 0) probe.report(start + found.index, start + found.index + found[0].length, label);
      start = end < lineEnd ? end - OVERLAP : lineEnd + 1;
    }
  };
}

/** Words match without regard to case, and whole: a letter or digit on either side makes another word of it. */
function wordSweep(words: readonly string[]): Sweep {
  const index = createKeywordIndex(words.map((word) => word.toLowerCase()));
  const label = labelOf('word');
  return (probe) =>
    index.find(probe.text, (_keyword, start, end) => {
      if (!isWordCharacter(probe.text.charAt(start - 1)) && !isWordCharacter(probe.text.charAt(end)))
        probe.report(start, end, label);
      return !probe.expired();
    });
}

/** The keyword index folds the case of Latin, Greek and Cyrillic letters. */
const isIndexable = (word: string): boolean => /^[\u0020-\u052f]+$/.test(word);

/** Words with other characters hold anywhere: many scripts put no space between words. Literals only, so one linear pass. */
function literalSweep(words: readonly string[]): Sweep {
  const literals = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(literals.join('|'), 'giu');
  const label = labelOf('word');
  return (probe) => {
    for (const found of probe.text.matchAll(pattern)) {
      if (probe.expired()) return;
      probe.report(found.index, found.index + found[0].length, label);
    }
  };
}

const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
