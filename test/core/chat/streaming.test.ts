import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../src/core/chat/markdown.ts';
import { settled } from '../../../src/core/chat/streaming.ts';

const cases: readonly [name: string, text: string, shown: string][] = [
  ['plain words', 'The parser', 'The parser'],
  ['begun placeholder', 'key REDACTED_AWSKEY_12', 'key '],
  ['begun placeholder, few letters', 'key REDA', 'key '],
  ['whole placeholder', 'key REDACTED_AWSKEY_0123abcd_', 'key REDACTED_AWSKEY_0123abcd_'],
  ['word that begins alike', 'key READ', 'key READ'],
  ['begun placeholder in code', '```ts\nconst a = "REDACTED_PE', '```ts\nconst a = "'],
  ['open strong', 'so **this is', 'so **this is**'],
  ['strong without a word yet', 'so **', 'so '],
  ['open code', 'call `par', 'call `par`'],
  ['open code without a letter yet', 'call `', 'call '],
  ['closed before, open now', '`a` and `b', '`a` and `b`'],
  ['open link target', 'see [docs](https://a.exa', 'see docs'],
  ['open link text or citation', 'see [src/a.t', 'see '],
  ['index is not a link', 'use rows[i', 'use rows[i'],
  ['begun list item', 'a\n- ', 'a\n'],
  ['line that may become a heading', 'a\n--', 'a\n'],
  ['begun fence', 'a\n\n``', 'a\n\n'],
  ['begun table row', '| a | b |\n|---|---|\n| 1 |', '| a | b |\n|---|---|\n'],
  ['number that may become an item', 'a\n1', 'a\n'],
  ['fence line not finished', '```ts src/a', ''],
  ['end of the fence not finished', '```ts\nx\n``', '```ts\nx\n'],
  ['stars inside a fence stay', '```c\nint **p', '```c\nint **p'],
  ['after a closed fence', '```c\nx\n```\nso **th', '```c\nx\n```\nso **th**'],
];

describe('streaming', () => {
  it.each(cases)('%s', (_name, text, shown) => {
    expect(settled(text)).toBe(shown);
  });

  const answer =
    'Because **`split`** has a limit [src/reader.ts:52]:\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts src/a.ts\nconst key = "REDACTED_AWSKEY_0123abcd_";\n```\n\nSee [docs](https://a.example/).';

  it('never shows a begun placeholder, an open link or a bare mark, wherever the stream stands', () => {
    for (let end = 0; end <= answer.length; end++) {
      const shown = JSON.stringify(blocksOf(settled(answer.slice(0, end))));
      expect(shown).not.toMatch(/REDACTED(?!_AWSKEY_0123abcd_)|\]\(|\*\*|\|/);
    }
  });

  it('only takes away from the end, or closes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab *`[](!|-\n>#R1.~_'), maxLength: 60 }), (text) => {
        const shown = settled(text).replaceAll(/[*`\s]/g, '');
        let at = 0;
        for (const char of text) if (char === shown[at]) at++;
        expect(at).toBe(shown.length);
      }),
    );
  });
});
