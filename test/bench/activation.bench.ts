import { join } from 'node:path';
import { runQuietly } from '../../scripts/run.mjs';
import { root } from '../../scripts/toolchain.mjs';
import { copyFixtureRepository } from '../editor/fixture-repository.ts';
import { runInHost } from '../editor/harness/run-in-host.ts';
import type { BenchRow } from './bench-row.ts';

/** Activation as the extension host measures it, in a real editor that opens a repository of 108 files. */
export async function run(): Promise<BenchRow[]> {
  await runQuietly(process.execPath, ['esbuild.mjs', '--production', '--tests'], { cwd: root });
  const repository = copyFixtureRepository();
  try {
    const tests = join(root, 'dist/test-host/index.cjs');
    const print = (line: string): void => console.error(line);
    const { result, reason } = await runInHost({ workspace: repository.folder, tests, timeoutMs: 180_000, print });
    if (!result) throw new Error(`the host left no figures: ${reason}`);
    const figures = Object.entries(result.figures);
    return figures.map(([name, value]) => ({ name, value, unit: 'ms', ...(goals[name] ? { goal: goals[name] } : {}) }));
  } finally {
    repository.remove();
  }
}

const goals: Readonly<Record<string, number>> = { 'activation: load, call and finish': 50 };
