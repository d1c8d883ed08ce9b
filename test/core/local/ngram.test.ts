import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNgramModel, type NgramModel } from '../../../src/core/local/ngram.ts';
import { tokensOf } from '../../../src/core/local/tokens.ts';
import { redacted } from '../../support/routed-request.ts';

/** A model that has learned documents, all in one language unless told otherwise. */
function learned(documents: readonly string[], limits = { tokens: 10_000, slice: 4000 }): NgramModel {
  const model = createNgramModel(limits);
  for (const [index, text] of documents.entries())
    model.learn(`file:///${index}`, redacted(text, 'completion'), 'typescript');
  while (model.work());
  return model;
}

const loop = 'for (let i = 0; i < items.length; i++) {\n  use(items[i]);\n}\n';
const guard = '  if (error) return reject(error);\n';
const key = `AKIA${'Q4T7'.repeat(4)}`;

const cases: readonly [name: string, documents: readonly string[], prefix: string, proposal: string][] = [
  ['the rest of the line', [loop, loop], 'for (let i = 0; i < ', 'items.length; i++) {'],
  ['from the middle of a word', [loop, loop], 'for (let i = 0; i < ite', 'ms.length; i++) {'],
  ['before the space of the next token', [loop, loop], 'for (let i = 0;', ' i < items.length; i++) {'],
  ['at another indent', [guard, guard], '\t\t\tif (error) return ', 'reject(error);'],
  ['twice in one document', [`${guard}\n${guard}`], '  if (error) return', ' reject(error);'],
  ['seen only once', [loop], 'for (let i = 0; i < ', ''],
  ['too little before it', [loop, loop], 'for (', ''],
  ['never seen', [loop, loop], 'while (let j = 0; j < ', ''],
  ['another word is begun', [loop, loop], 'for (let i = 0; i < ora', ''],
  ['places disagree', ['a.b.c = one;', 'a.b.c = two;'], 'a.b.c = ', ''],
  ['places agree up to a point', ['x = a.b.c(one);', 'x = a.b.c(two);'], 'x = a.', 'b.c('],
  [
    'a longer context decides',
    ['p; a.b.c = 1;', 'p; a.b.c = 1;', 'q; a.b.c = 2;', 'q; a.b.c = 2;'],
    'q; a.b.c = ',
    '2;',
  ],
  ['not over the end of the line', [loop, loop], 'use(items[i]);', ''],
  ['a placeholder is never proposed', [`call(a, b, "${key}");`, `call(a, b, "${key}");`], 'call(a, b, ', '"'],
];

describe('n-gram model', () => {
  it.each(cases)('%s', (_name, documents, prefix, proposal) => {
    expect(learned(documents).propose(prefix, 'typescript')).toBe(proposal);
  });

  it('keeps languages apart', () => {
    expect(learned([loop, loop]).propose('for (let i = 0; i < ', 'go')).toBe('');
  });

  it('learns in slices, and says while more is left', () => {
    const model = createNgramModel({ tokens: 1000, slice: 10 });
    model.learn('a', redacted(loop, 'completion'), 'typescript');
    let slices = 1;
    while (model.work()) slices++;
    expect(slices).toBe(Math.floor([...tokensOf(loop)].length / 10) + 1);
  });

  it('replaces a document that is learned again', () => {
    const model = learned([loop, loop]);
    model.learn('file:///1', redacted('nothing;', 'completion'), 'typescript');
    while (model.work());
    expect(model.propose('for (let i = 0; i < ', 'typescript')).toBe('');
  });

  it('forgets', () => {
    const model = learned([loop, loop]);
    model.forget('file:///0');
    expect(model.propose('for (let i = 0; i < ', 'typescript')).toBe('');
  });

  it('stays within its limit and keeps what it learned last', () => {
    const documents = Array.from({ length: 40 }, (_, index) =>
      `let name${index} = make(${index}, ${index});\n`.repeat(2),
    );
    const model = learned(documents, { tokens: 200, slice: 50 });
    expect(model.size).toBeLessThanOrEqual(200);
    expect(model.propose('let name39 = make(', 'typescript')).toBe('39, 39);');
    expect(model.propose('let name0 = make(', 'typescript')).toBe('');
  });

  it('proposes only what some document says after some of the prefix', () => {
    const word = fc.constantFrom('a', 'b', '(', ')', ' ', '\n', '.', 'cd');
    const text = fc.array(word, { maxLength: 60 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (documents, prefix) => {
        const proposal = learned(documents).propose(prefix, 'typescript');
        const squeezed = documents.map((document) => document.replace(/[ \n]+/g, ''));
        expect(squeezed.some((document) => document.includes(proposal.replace(/ /g, '')))).toBe(true);
        expect(proposal).not.toContain('\n');
      }),
    );
  });
});
