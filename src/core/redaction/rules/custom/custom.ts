import { findingType } from '../../../policy/finding-type.ts';
import { type Label, type Probe, rank, type Sweep } from '../../engine/detector.ts';
import { createKeywordIndex } from '../../engine/keywords.ts';
import { visibleView } from '../../engine/view.ts';

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
  const words = [...new Set(custom.words.flatMap(spellings))];
  const indexed = [...new Set(words.filter(isIndexable).map((word) => word.toLowerCase()))];
  const others = words.filter((word) => !isIndexable(word));
  if (indexed.length > 0) sweeps.push(wordSweep(indexed));
  if (others.length > 0) sweeps.push(literalSweep(others));
  compiled.set(custom, sweeps);
  return sweeps;
}

const labelOf = (name: string): Label => ({
  type: findingType(name),
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

/**
 * A word as texts write it: without what nobody sees, which scans leave out too; accents composed or not; in capitals
 * that fold to other letters, as those of `ß` and `ı` do.
 */
function spellings(word: string): readonly string[] {
  const visible = visibleView(word)?.text ?? word;
  return [visible, visible.toUpperCase()]
    .flatMap((cased) => [cased.normalize('NFC'), cased.normalize('NFD'), cased])
    .filter((spelling) => spelling.trim() !== '');
}

/** Words in lower case match in any case, and whole: a letter or digit on either side makes another word of it. */
function wordSweep(words: readonly string[]): Sweep {
  const index = createKeywordIndex(words);
  const label = labelOf('word');
  return (probe) =>
    index.find(probe.text, (_keyword, start, end) => {
      if (!isWordCharacter(probe.text.charAt(start - 1)) && !isWordCharacter(probe.text.charAt(end)))
        probe.report(start, end, label);
      return !probe.expired();
    });
}

/**
 * The keyword index folds the case of Latin, Greek and Cyrillic letters, one unit for one. Not of those that share their
 * capital with another letter, such as a final sigma or a dotless i: they would take it from that letter.
 */
function isIndexable(word: string): boolean {
  const lower = word.toLowerCase();
  if (lower.length !== word.length || !/^[\u0020-\u052f]+$/.test(lower)) return false;
  return [...lower].every((letter) => {
    const upper = letter.toUpperCase();
    return upper.length > 1 || upper.toLowerCase() === letter;
  });
}

/**
 * Words with other characters hold anywhere: many scripts put no space between words. The longest at every place, in a
 * lookahead, so that words which begin or overlap each other are all found. Windows overlap by the longest word.
 */
function literalSweep(words: readonly string[]): Sweep {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const literals = longestFirst.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(`(?=(${literals.join('|')}))`, 'giu');
  const beyond = longestFirst[0]?.length ?? 0;
  const label = labelOf('word');
  return (probe) => {
    for (let from = 0; from < probe.text.length && !probe.expired(); from += PIECE)
      for (const found of probe.text.slice(from, from + PIECE + beyond).matchAll(pattern))
        probe.report(from + found.index, from + found.index + (found[1] ?? '').length, label);
  };
}

const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
