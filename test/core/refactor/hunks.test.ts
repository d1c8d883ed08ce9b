import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted } from '../../../src/core/refactor/fit.ts';
import { diffHunks, edited, editOf, linesOf } from '../../../src/core/refactor/hunks.ts';

const spaced = (text: string) => text.split(' ').join('\n');

/** Lines as words: `a b` is two lines. A hunk reads `line:original>proposed`. */
const diffs: readonly [name: string, original: string, proposed: string, hunks: readonly string[]][] = [
  ['nothing', 'a b c', 'a b c', []],
  ['a change', 'a b c', 'a x c', ['1:b>x']],
  ['an insertion', 'a c', 'a b c', ['1:>b']],
  ['a deletion', 'a b c', 'a c', ['1:b>']],
  ['at the start', 'a b', 'x a b', ['0:>x']],
  ['at the end', 'a b', 'a b x', ['2:>x']],
  ['two places', 'a b c d e', 'x b c d y', ['0:a>x', '4:e>y']],
  ['a gap of a brace is no gap', 'a } c d', 'x } y d', ['0:a } c>x } y']],
  ['a gap of a word is one', 'a b c', 'x b y', ['0:a>x', '2:c>y']],
];

const words = (hunks: ReturnType<typeof diffHunks>) =>
  hunks.map(({ line, original, proposed }) => `${line}:${original.join(' ')}>${proposed.join(' ')}`);

describe('diffHunks', () => {
  it.each(diffs)('%s', (_name, original, proposed, hunks) => {
    expect(words(diffHunks(spaced(original), spaced(proposed)))).toEqual(hunks);
  });

  it('keeps up to three lines around a hunk', () => {
    const [hunk] = diffHunks(spaced('a b c d e f g h i'), spaced('a b c d X f g h i'));
    expect([hunk?.before, hunk?.after]).toEqual([
      ['b', 'c', 'd'],
      ['f', 'g', 'h'],
    ]);
  });

  it('does not see a difference of line ends', () => {
    expect(diffHunks('a\r\nb', 'a\nb')).toEqual([]);
  });

  it('is a way from one text to the other, and finds itself on an unchanged text', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '}', '', 'c d'), { maxLength: 30 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (original, proposed) => {
        const hunks = diffHunks(original, proposed);
        expect(edited(linesOf(original), hunks.map(editOf)).join('\n')).toBe(proposed);
        const { fits, misses } = fitted(hunks, original);
        expect([fits.map(({ line }) => line), misses]).toEqual([hunks.map(({ line }) => line), []]);
      }),
    );
  });

  it('takes texts that have nothing in common as one hunk', () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, line) => `${word}${line}`).join('\n');
    expect(diffHunks(many('a'), many('b'))).toHaveLength(1);
  });
});

const fits: readonly [
  name: string,
  original: string,
  proposed: string,
  current: string,
  hunks: readonly string[],
  misses: number,
][] = [
  ['lines came above', 'a b c', 'a x c', 'n m a b c', ['3:b>x'], 0],
  ['lines went above', 'n m a b c', 'n m a x c', 'a b c', ['1:b>x'], 0],
  ['the line itself changed', 'a b c', 'a x c', 'a B c', [], 1],
  ['the surroundings changed, one place is left', 'a b c', 'a x c', 'q b w', ['1:b>x'], 0],
  ['the surroundings changed, two places are left', 'a b c', 'a x c', 'q b w b r', [], 1],
  ['equal places, the nearest one', 'k a b c k a b c', 'k a b c k a x c', 'n k a b c k a b c', ['7:b>x'], 0],
  ['one of two', 'a b c d e f g', 'x b c d e f y', 'A b c d e f g', ['6:g>y'], 1],
  ['an insertion whose neighbours are there', 'a b c', 'a b x c', 'n a b c', ['3:>x'], 0],
  ['an insertion whose neighbours went', 'a b c', 'a b x c', 'n m', [], 1],
];

describe('fitted', () => {
  it.each(fits)('%s', (_name, original, proposed, current, expected, missing) => {
    const found = fitted(diffHunks(spaced(original), spaced(proposed)), spaced(current));
    expect([words(found.fits), found.misses.length]).toEqual([expected, missing]);
  });
});
