import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createThinkingSplitter } from '../../../src/core/provider/thinking.ts';

function split(pieces: readonly string[], opened: boolean): { readonly reasoning: string; readonly text: string } {
  const splitter = createThinkingSplitter({ opened });
  const out = { reasoning: '', text: '' };
  for (const piece of [...pieces.flatMap((text) => splitter.push(text)), ...splitter.end()])
    out[piece.type] += piece.text;
  return out;
}

const cases: readonly [string, string, boolean, string, string][] = [
  ['no thought', 'Yes.', false, '', 'Yes.'],
  ['a thought', '<think>hm</think>\n\nYes.', false, 'hm', 'Yes.'],
  ['after white space', ' \n<think>hm</think>Yes.', false, 'hm', 'Yes.'],
  ['an empty thought', '<think>\n\n</think>\n\nYes.', false, '\n\n', 'Yes.'],
  ['tags in the answer', 'Use <think> and </think>.', false, '', 'Use <think> and </think>.'],
  ['a second thought belongs to the answer', '<think>a</think>b<think>c</think>', false, 'a', 'b<think>c</think>'],
  ['never closed', '<think>hm </thi', false, 'hm </thi', ''],
  ['opened by the template', 'hm</think>Yes.', true, 'hm', 'Yes.'],
  ['a reasoning model without a thought', 'Yes.', true, '', 'Yes.'],
  ['only half a tag', '<thi', false, '', '<thi'],
  ['like a tag', '<thing>', false, '', '<thing>'],
  ['white space alone', ' \n', false, '', ' \n'],
  ['nothing', '', true, '', ''],
];

test.each(cases)('%s', (_name, answer, opened, reasoning, text) => {
  expect(split([answer], opened)).toEqual({ reasoning, text });
});

test.each(cases)('%s, in any pieces', (_name, answer, opened, reasoning, text) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 })), (sizes) => {
      const pieces: string[] = [];
      let at = 0;
      for (const size of [...sizes, answer.length]) {
        pieces.push(answer.slice(at, at + size));
        at += size;
      }
      expect(split(pieces, opened)).toEqual({ reasoning, text });
    }),
  );
});

test('text is passed on as soon as it cannot be a tag', () => {
  const splitter = createThinkingSplitter({ opened: false });
  expect(['Y', 'es', '.'].map((text) => splitter.push(text).map((piece) => piece.text))).toEqual([
    ['Y'],
    ['es'],
    ['.'],
  ]);
});
