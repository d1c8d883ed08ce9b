import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTrimmer } from '../../src/core/completion/trim.ts';
import { createNgramModel } from '../../src/core/local/ngram.ts';
import { redacted } from '../support/routed-request.ts';
import type { BenchRow } from './bench-row.ts';

/** TypeScript as people write it, of a package that is installed anyway. */
const REPOSITORY = join(import.meta.dirname, '../../node_modules/zod/src/v4');
const LONGEST_FILE = 60_000;

export async function run(): Promise<BenchRow[]> {
  const files = sources(REPOSITORY);
  return [...trimming(files), ...continuations(files)];
}

/** Trims answers that run on: what really follows a place, with some lines of another file behind it. */
function trimming(files: readonly string[]): BenchRow[] {
  const whole: number[] = [];
  const chunk: number[] = [];
  for (let round = 0; round < 300; round++) {
    const text = files[round % files.length] ?? '';
    const lines = text.split('\n');
    const at = Math.floor(((round * 37) % 100) * 0.01 * lines.length);
    const said = [...lines.slice(at, at + 8), ...(files[(round + 1) % files.length] ?? '').split('\n', 40)].join('\n');
    const place = { prefix: `${lines.slice(0, at).join('\n')}\n`, suffix: `\n${lines.slice(at + 8).join('\n')}` };
    const started = performance.now();
    const trimmer = createTrimmer({ ...place, languageId: 'typescript' });
    trimmer(said, true);
    whole.push(performance.now() - started);
    for (let end = 60; end < said.length; end += 60) {
      const before = performance.now();
      if (trimmer(said.slice(0, end), false).decided) break;
      chunk.push(performance.now() - before);
    }
  }
  return [
    { name: 'trim, p50', value: quantile(whole, 0.5), unit: 'ms', goal: 1 },
    { name: 'trim, p99', value: quantile(whole, 0.99), unit: 'ms', goal: 10 },
    { name: 'trim a streamed chunk, p50', value: quantile(chunk, 0.5), unit: 'ms' },
    { name: 'trim a streamed chunk, p99', value: quantile(chunk, 0.99), unit: 'ms' },
  ];
}

/** Learns all files but one, and asks for continuations inside that one, for one file after the other. */
function continuations(files: readonly string[]): BenchRow[] {
  const asked: number[] = [];
  const slices: number[] = [];
  let proposed = 0;
  let exact = 0;
  const documents = files.map((text) => redacted(text, 'completion'));
  for (let held = 0; held < files.length; held += Math.ceil(files.length / 12)) {
    const model = createNgramModel();
    for (const [index, document] of documents.entries()) {
      if (index !== held) model.learn(`${index}`, document, 'typescript');
    }
    for (let more = true; more; ) {
      const started = performance.now();
      more = model.work();
      slices.push(performance.now() - started);
    }
    const text = files[held] ?? '';
    for (const at of places(text)) {
      const started = performance.now();
      const proposal = model.propose(text.slice(0, at), 'typescript');
      asked.push(performance.now() - started);
      if (proposal === '') continue;
      proposed++;
      if (text.startsWith(proposal, at)) exact++;
    }
  }
  return [
    { name: 'n-gram, positions with a proposal', value: (100 * proposed) / asked.length, unit: '%' },
    { name: 'n-gram, proposals that are exact', value: (100 * exact) / Math.max(1, proposed), unit: '%' },
    { name: 'n-gram proposal, p99', value: quantile(asked, 0.99), unit: 'ms' },
    { name: 'n-gram learning, one slice, p99', value: quantile(slices, 0.99), unit: 'ms' },
  ];
}

/** Every seventh start of a token, which is where people pause. */
function places(text: string): readonly number[] {
  const starts = [...text.matchAll(/\w+|[^\w\s]/g)].map(({ index }) => index);
  return starts.filter((_, order) => order % 7 === 3);
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !/locales|tests/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => text.length < LONGEST_FILE);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
