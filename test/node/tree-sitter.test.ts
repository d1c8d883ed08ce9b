import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languageTable } from '../../src/core/syntax/languages.ts';
import { MAX_PARSED, type SyntaxNode } from '../../src/core/syntax/tree.ts';
import { createTrees } from '../../src/core/syntax/trees.ts';
import { grammarFileName, grammars } from '../../src/node/grammars.ts';
import { createTreeSitter, installedWasm } from '../../src/node/tree-sitter.ts';

const modules = join(import.meta.dirname, '../../node_modules');
const parser = createTreeSitter(installedWasm(modules, () => 0));

const shape = (node: SyntaxNode): string =>
  `(${node.type} ${node.startIndex}-${node.endIndex} ${node.startPosition.row}:${node.startPosition.column}${node.isMissing ? ' missing' : ''}${node.children.map((child) => (child ? shape(child) : '')).join('')})`;

test('every grammar has its file, and two languages share a bare name only when they share the file', () => {
  const byName = new Map<string, string>();
  for (const [languageId, grammar] of Object.entries(grammars)) {
    expect(existsSync(join(modules, grammar.package, grammar.file)), languageId).toBe(true);
    const path = `${grammar.package}/${grammar.file}`;
    expect(byName.get(grammarFileName(grammar)) ?? path).toBe(path);
    byName.set(grammarFileName(grammar), path);
    expect(languageTable(languageId), languageId).toBeDefined();
  }
});

test('an unknown language, also one named like a property of every object, has no tree', async () => {
  for (const languageId of ['plaintext', 'constructor', '__proto__']) {
    expect(await parser.load(languageId)).toBe(false);
    expect(parser.parse(languageId, 'text')).toBeUndefined();
  }
});

test('a text beyond the bound is not parsed', async () => {
  await parser.load('json');
  expect(parser.parse('json', ' '.repeat(MAX_PARSED + 1))).toBeUndefined();
});

test('a parse stops when its budget is spent, and the next one starts anew', async () => {
  let now = 0;
  const slow = createTreeSitter(installedWasm(modules, () => now++));
  await slow.load('json');
  const long = `[${'{"a": 1},'.repeat(50_000)}1]`;
  expect(slow.parse('json', long, { budgetMs: 3 })).toBeUndefined();
  expect(shape(must(slow.parse('json', '[1]')).rootNode)).toBe(shape(must(parser.parse('json', '[1]')).rootNode));
});

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('no tree');
  return value;
};

describe('an incremental parse gives the tree of a full one', () => {
  const words = [
    'function f() {',
    '}',
    '"',
    '`',
    '/*',
    '*/',
    '\n',
    '  ',
    'const a = 1;\n',
    '😀',
    'é',
    '(',
    ')',
    '// x\n',
    ':',
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(''));
  const edit = fc.record({ at: fc.nat(400), cut: fc.nat(20), insert: text });

  test.each(['typescript', 'json', 'rust'])('%s', async (languageId) => {
    await parser.load(languageId);
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 6 }), (start, edits) => {
        const trees = createTrees(parser);
        let current = start;
        trees.tree('a', languageId, current);
        for (const { at, cut, insert } of edits) {
          current = current.slice(0, at) + insert + current.slice(at + cut);
          const full = must(parser.parse(languageId, current));
          expect(shape(must(trees.tree('a', languageId, current)).rootNode)).toBe(shape(full.rootNode));
          full.delete();
        }
        trees.clear();
      }),
      { numRuns: 60 },
    );
  });

  test('python, where the parser keeps indentation', async () => {
    await parser.load('python');
    const lines = ['def f():\n', '  if a:\n', '    pass\n', '\n', 'x = 1\n', '  return """\n', 'class A:\n', '\tb\n'];
    const program = fc.array(fc.constantFrom(...lines), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(program, program, fc.nat(100), (start, insert, at) => {
        const trees = createTrees(parser);
        trees.tree('a', 'python', start);
        const after = start.slice(0, at) + insert + start.slice(at);
        const full = must(parser.parse('python', after));
        const incremental = must(trees.tree('a', 'python', after));
        // Where code is broken, tree-sitter may recover in another way (1 of 20,000 edits); broken it is all the same.
        if (full.rootNode.hasError) expect(incremental.rootNode.hasError).toBe(true);
        else expect(shape(incremental.rootNode)).toBe(shape(full.rootNode));
        full.delete();
        trees.clear();
      }),
      { numRuns: 60 },
    );
  });
});

test('trees in use are bounded, the least recently used is freed first', async () => {
  await parser.load('json');
  let alive = 0;
  const counting = {
    load: parser.load,
    parse: (languageId: string, text: string) => {
      const tree = must(parser.parse(languageId, text));
      alive++;
      const free = (): void => {
        alive--;
        tree.delete();
      };
      return { ...tree, delete: free };
    },
  };
  const trees = createTrees(counting, 2);
  const first = trees.tree('a', 'json', '1');
  trees.tree('b', 'json', '2');
  expect(trees.tree('a', 'json', '1')).toBe(first);
  trees.tree('c', 'json', '3');
  expect(trees.tree('a', 'json', '1')).toBe(first);
  expect(alive).toBe(2);
  trees.tree('a', 'json', '[1]');
  expect(alive).toBe(2);
  trees.clear();
  expect(alive).toBe(0);
});
