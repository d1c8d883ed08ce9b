import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/toolchain.mjs';

/** House rules that Biome checks, with code that breaks each. */
const plants: Readonly<Record<string, string>> = {
  noDefaultExport: 'export default 1;',
  noExplicitAny: 'export const planted = (value: any): unknown => value;',
  noNonNullAssertion: 'export const planted = (value: string | undefined): string => value!;',
  noEnum: 'export enum Planted { A }',
  noParameterProperties: 'export class Planted { constructor(private readonly value: string) {} }',
  noConsole: 'console.log(1);',
  noExcessiveLinesPerFunction: `export function planted(): void {\n${'  planted();\n'.repeat(60)}}`,
  useMaxParams: 'export const planted = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e;',
};
const CLEAN = 'clean';

const found = lint({ ...plants, [CLEAN]: 'export const planted = 1;' });

test.each(Object.keys(plants))('%s is an error', (rule) => {
  expect(found).toContainEqual({ file: rule, rule, severity: 'error' });
});

test('clean code is none', () => {
  expect(found.filter(({ file }) => file === CLEAN)).toEqual([]);
});

interface Found {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
}

/** Lints texts as if they were files of the core, under the project's own rules. */
function lint(texts: Readonly<Record<string, string>>): Found[] {
  const folder = mkdtempSync(join(tmpdir(), 'postern-lint-'));
  try {
    const rules = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...rules, $schema: undefined, vcs: undefined }));
    mkdirSync(join(folder, 'src/core'), { recursive: true });
    for (const [name, text] of Object.entries(texts))
      writeFileSync(join(folder, 'src/core', `${name}.ts`), `${text}\n`);
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return JSON.parse(stdout.slice(stdout.indexOf('{'))).diagnostics.map(foundIn);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function foundIn(diagnostic: {
  category: string;
  severity: string;
  location: { path: string | { file: string } };
}): Found {
  const { path } = diagnostic.location;
  const name = (typeof path === 'string' ? path : path.file).replace(/^.*\/|\.ts$/g, '');
  return { file: name, rule: diagnostic.category.replace(/^.*\//, ''), severity: diagnostic.severity };
}
