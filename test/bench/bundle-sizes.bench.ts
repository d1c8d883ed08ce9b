import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildForProduction, packExtension } from '../../scripts/package.mjs';
import { root } from '../../scripts/toolchain.mjs';
import type { BenchRow } from './bench-row.ts';

const LAZY = ['openai', 'bedrock', 'tree-sitter'];

export async function run(): Promise<BenchRow[]> {
  await buildForProduction();
  const { vsixBytes, mainBytes } = await packExtension();
  return [
    { name: 'package', value: vsixBytes / 1e6, unit: 'MB', goal: 25 },
    { name: 'main bundle', value: mainBytes / 1e3, unit: 'kB', goal: 400, note: 'loaded while the editor starts' },
    ...LAZY.map((name) => ({
      name: `${name} bundle`,
      value: statSync(join(root, `dist/${name}.cjs`)).size / 1e3,
      unit: 'kB',
      note: 'loaded at its first use',
    })),
  ];
}
