// npm run bench [-- NAME…]: measures what test/bench/*.bench.ts measure, prints one table, writes test-output/bench.json.
// Runs on Node 24, which takes the TypeScript files as they stand.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { step } from './progress.mjs';
import { runScript } from './run.mjs';
import { root } from './toolchain.mjs';

/** @typedef {import('../test/bench/bench-row.ts').BenchRow} BenchRow */

const folder = join(root, 'test/bench');

/** @param {string} name of a file @returns {Promise<BenchRow[]>} */
async function rowsOf(name) {
  const { run } = await import(pathToFileURL(join(folder, name)).href);
  return run();
}

/** @param {BenchRow} row */
function lineOf({ name, value, unit, goal, note }) {
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  const held = goal === undefined ? '' : `${value <= goal ? '✓' : '✗'} ≤ ${goal}`;
  return [name.padEnd(44), shown.padStart(10), unit.padEnd(6), held.padEnd(10), note ?? ''].join(' ').trimEnd();
}

await runScript(async () => {
  const wanted = process.argv.slice(2);
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'));
  const chosen = files.filter((name) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)));
  /** @type {BenchRow[]} */
  const rows = [];
  for (const name of chosen) rows.push(...(await step(name, () => rowsOf(name))));
  console.log(rows.map(lineOf).join('\n'));
  mkdirSync(join(root, 'test-output'), { recursive: true });
  writeFileSync(join(root, 'test-output/bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
  return rows.length > 0 ? 0 : 1;
});
