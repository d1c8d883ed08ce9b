import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/redaction/rules/all.ts';
import { scan } from '../../../src/core/redaction/scan.ts';

/**
 * The cases that stand beside the rules. In `match`, « and » enclose what the rule must find; `noMatch` must stay as it
 * is as far as this rule goes. `¦` is taken out first: it keeps secret scanners from the file.
 */
interface Cases {
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

const folder = new URL('../../../src/core/redaction/rules/', import.meta.url);
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) => Object.entries(read(entry.name)));

function read(family: string): Readonly<Record<string, Cases>> {
  const file = new URL(`${family}/cases.json`, folder);
  return readdirSync(new URL(`${family}/`, folder)).includes('cases.json')
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};
}

const plain = (text: string): string => text.replaceAll('¦', '');

function found(text: string, rule: string): string[] {
  const outcome = scan(text, {
    path: '',
    languageId: 'plaintext',
    custom: { rules: [], words: [] },
    now: () => 0,
    deadline: 1,
  });
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.findings
    .filter((finding) => finding.rule === rule)
    .map(
      (finding) =>
        `${text.slice(0, finding.start)}«${text.slice(finding.start, finding.end)}»${text.slice(finding.end)}`,
    );
}

describe.each(cases)('%s', (rule, { match, noMatch }) => {
  it.each(match.map(plain))('finds %s', (marked) => {
    expect(found(marked.replace(/[«»]/g, ''), rule)).toContain(marked);
  });
  it.each(noMatch.map(plain))('leaves %s', (text) => {
    expect(found(text, rule)).toEqual([]);
  });
});

it('has cases for every rule', () => {
  const known = new Set(cases.map(([rule]) => rule));
  expect(rules.map((rule) => rule.id).filter((id) => !known.has(id))).toEqual([]);
});

it('names every rule once, and gives it a type that fits into a placeholder', () => {
  const ids = rules.map((rule) => rule.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
