import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { countErrors } from '../../../src/core/syntax/errors.ts';
import { imports } from '../../../src/core/syntax/imports.ts';
import { languageTable } from '../../../src/core/syntax/languages.ts';
import { type OutlineSymbol, outline } from '../../../src/core/syntax/outline.ts';
import { scopesAt } from '../../../src/core/syntax/scopes.ts';
import { createTreeSitter, installedWasm } from '../../../src/node/tree-sitter.ts';

/**
 * Each file of the folder is a source text of the language that it is named after, with `¦` for the cursor.
 * `UPDATE_EXPECTED=1` rewrites what is expected of it, beside it as `<language>.expected.json`: read the difference.
 */
const folder = join(import.meta.dirname, '../../fixtures/syntax');
const sources = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
const parser = createTreeSitter(installedWasm(join(import.meta.dirname, '../../../node_modules'), () => 0));

function read(file: string, languageId: string): unknown {
  const [before = '', after = ''] = readFileSync(join(folder, file), 'utf8').split('¦');
  const text = before + after;
  const table = languageTable(languageId);
  const tree = parser.parse(languageId, text);
  if (!table || !tree) throw new Error(`no tree for ${languageId}`);
  const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const found = {
    errors: countErrors(tree.rootNode),
    imports: imports(tree.rootNode, table).map((one) => ({
      module: one.module,
      names: one.names.map(({ name, local }) => (name === local ? name : `${name} as ${local}`)).join(', '),
      text: slice(one.span),
    })),
    outline: outline(tree.rootNode, table).flatMap((symbol) => lines(symbol, '')),
    scopes: scopesAt(tree, before.length, table).map((scope) => ({
      kind: scope.kind,
      name: scope.name,
      header: slice(scope.header),
      bodyStart: slice(scope.body).slice(0, 20),
      bodyEnd: slice(scope.body).slice(-20),
    })),
  };
  tree.delete();
  // As it will be read back.
  return JSON.parse(JSON.stringify(found));
}

function lines(symbol: OutlineSymbol, indent: string): string[] {
  const own = `${indent}${symbol.line + 1} ${symbol.kind} ${symbol.container ?? ''}#${symbol.name}: ${symbol.signature}`;
  return [own, ...symbol.children.flatMap((inner) => lines(inner, `${indent}  `))];
}

describe.each(sources.map((file) => [file.slice(0, file.indexOf('.')), file]))('%s', (languageId, file) => {
  // Compiling a large grammar takes its time on a busy machine.
  beforeAll(async () => expect(await parser.load(languageId)).toBe(true), 60_000);

  test('outline, scopes, imports and errors', () => {
    const expectedFile = join(folder, `${languageId}.expected.json`);
    const found = read(file, languageId);
    if (process.env.UPDATE_EXPECTED) writeFileSync(expectedFile, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(expectedFile, 'utf8')));
  });
});

test('all sixteen languages have a source', () => {
  expect(sources).toHaveLength(16);
});
