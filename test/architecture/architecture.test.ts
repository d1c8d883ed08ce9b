import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/toolchain.mjs';
import { readCode, readSources } from './code.ts';
import { innocent, plants } from './plants.ts';
import { coreFolders, cycles, rules } from './rules.ts';

const real = await readCode(readSources('src'));

test('the imports of the source are found', () => {
  const importing = [...real.sources].filter(([, text]) => /^import /m.test(text)).map(([path]) => path);
  expect([...new Set(real.imports.map(({ from }) => from))].sort()).toEqual(importing.sort());
});

describe('the source keeps each rule', () => {
  test.each(Object.entries(rules))('%s', (_name, rule) => {
    expect(rule(real)).toEqual([]);
  });
});

describe('each rule catches what breaks it', () => {
  const cases = Object.entries(rules).flatMap(([name, rule]) =>
    (plants[name] ?? []).map((files) => ({ name, rule, files })),
  );

  test('every rule has a plant', () => {
    expect(Object.keys(plants).sort()).toEqual(Object.keys(rules).sort());
  });

  test.each(cases)('$name: $files', async ({ rule, files }) => {
    const [first] = Object.keys(files);
    const violations = rule(await readCode(new Map(Object.entries(files))));
    expect(violations.map(({ path }) => path)).toContain(first);
  });

  test.each(Object.entries(rules))('%s: lets the innocent pass', async (_name, rule) => {
    expect(rule(await readCode(new Map(Object.entries(innocent))))).toEqual([]);
  });
});

describe('the folders of core', () => {
  const document = join(root, 'ARCHITECTURE.md');
  const block = /```core\n([\s\S]*?)```/;

  test('depend on each other as ARCHITECTURE.md says (UPDATE_ARCHITECTURE=1 rewrites the block)', () => {
    const built = [...coreFolders(real)]
      .map(([folder, needs]) => `${folder} → ${needs.join(', ')}`.trimEnd())
      .join('\n');
    const text = readFileSync(document, 'utf8');
    if (process.env.UPDATE_ARCHITECTURE)
      writeFileSync(
        document,
        text.replace(block, () => `\`\`\`core\n${built}\n\`\`\``),
      );
    else expect(block.exec(text)?.[1]?.trimEnd()).toBe(built);
  });

  test('form no cycle', () => {
    expect(cycles(folderImports(coreFolders(real)))).toEqual([]);
  });

  test('would be caught in a cycle', async () => {
    const planted = await readCode(
      new Map([
        ['src/core/document/planted.ts', "import type { Section } from '../context/section.ts';"],
        ['src/core/context/planted.ts', "import type { Span } from '../document/snapshot.ts';"],
      ]),
    );
    expect(cycles(folderImports(coreFolders(planted)))).toHaveLength(1);
  });
});

const folderImports = (folders: ReadonlyMap<string, readonly string[]>): { from: string; to: string }[] =>
  [...folders].flatMap(([from, needs]) => needs.map((to) => ({ from, to })));
