import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildForProduction, packExtension } from '../../scripts/package.mjs';
import { root } from '../../scripts/toolchain.mjs';
import type { BenchRow } from './bench-row.ts';

/** Chunks smaller than this are glue. Bytes. */
const WORTH_A_ROW = 10_000;

export async function run(): Promise<BenchRow[]> {
  await buildForProduction();
  const { vsixBytes, mainBytes } = await packExtension();
  const chunks = join(root, 'dist/chunks');
  const rows = readdirSync(chunks).map((file) => ({
    name: `chunk ${file.replace(/-[A-Z0-9]+\.js$/, '')}`,
    value: statSync(join(chunks, file)).size / 1e3,
    unit: 'kB',
  }));
  return [
    { name: 'package', value: vsixBytes / 1e6, unit: 'MB', goal: 25 },
    { name: 'main bundle', value: mainBytes / 1e3, unit: 'kB', goal: 400, note: 'loaded while the editor starts' },
    ...rows.filter(({ value }) => value * 1e3 > WORTH_A_ROW).sort((a, b) => b.value - a.value),
  ];
}
