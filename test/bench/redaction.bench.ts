import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { restoreStream } from '../../src/core/redaction/restore.ts';
import { type ScanOptions, scan } from '../../src/core/redaction/scan.ts';
import { createScanCache } from '../../src/core/redaction/scan-cache.ts';
import { createVault } from '../../src/core/redaction/vault.ts';
import type { BenchRow } from './bench-row.ts';

const options: ScanOptions = {
  path: 'src/sample.ts',
  languageId: 'typescript',
  custom: { rules: [], words: [] },
  now: () => performance.now(),
  deadline: Number.POSITIVE_INFINITY,
};

/** Real source: what npm installed beside us. */
const SOURCES = ['openai', '@smithy', 'marked', 'mocha', 'fast-check'];
const MOST = 4_000_000;

export async function run(): Promise<BenchRow[]> {
  const texts = sourceTexts();
  const joined = texts.join('\n');
  for (const text of texts) scan(text, options);
  return [throughput(texts), ...documents(joined), keystroke(texts), ...hostile(), restoring()];
}

function throughput(texts: readonly string[]): BenchRow {
  let findings = 0;
  const milliseconds = Math.min(
    ...[1, 2, 3].map(() =>
      timed(() => {
        findings = 0;
        for (const text of texts) {
          const outcome = scan(text, options);
          findings += outcome.ok ? outcome.findings.filter(({ kind }) => kind === 'credential').length : 0;
        }
      }),
    ),
  );
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  return {
    name: 'redaction: throughput on source',
    value: megabytes / (milliseconds / 1000),
    unit: 'MB/s',
    note: `at least 10; ${(findings / megabytes).toFixed(1)} credentials a MB found in it`,
  };
}

function documents(source: string): BenchRow[] {
  return [
    { kilobytes: 16, goal: 3 },
    { kilobytes: 64, goal: 9 },
    { kilobytes: 256, goal: 40 },
  ].map(({ kilobytes, goal }) => {
    const length = kilobytes * 1024;
    const times = Array.from({ length: 40 }, (_, index) => {
      const from = (index * 50_021) % (source.length - length);
      return timed(() => scan(source.slice(from, from + length), options));
    });
    return { name: `redaction: ${kilobytes} KB document, p95`, value: percentile(times, 0.95), unit: 'ms', goal };
  });
}

/** Typing in source of usual lines; what holds armoured keys, key sets or very long lines is scanned whole. */
function keystroke(texts: readonly string[]): BenchRow {
  const cache = createScanCache();
  const usual = texts.filter((text) => !/-----BEGIN|kty|insert into|[^\n]{1024}/i.test(text));
  let text = usual.join('\n').slice(0, 65_536);
  cache.scan('a', text, '', options);
  const times: number[] = [];
  for (let index = 0; index < 400; index++) {
    const at = (index * 163) % text.length;
    text = `${text.slice(0, at)}x${text.slice(at)}`;
    times.push(timed(() => cache.scan('a', text, '', options)));
  }
  return { name: 'redaction: a keystroke in 64 KB, p95', value: percentile(times, 0.95), unit: 'ms', goal: 0.5 };
}

const BRICKS = [
  'password=',
  'password="',
  'password: ',
  '://a:b',
  '://a:b@',
  `-----BEGIN ${'PRIVATE'} KEY-----`,
  '{"kty":',
  'a@a.',
  'a@',
  '1',
  '1 ',
  'curl -u ',
  'sk-',
  'eyJ',
  '\\u0041',
  '%41',
  '"a" + ',
  'insert into t (password) values ',
  'password|',
  'password,\n',
  'Authorization: ',
  'cookie: a=b; ',
  'AAAA',
  'aA1',
  'datadog ',
  '<password>',
  '\u200b',
];

/** The worst of many walls of 64 KB, each of one brick. */
function hostile(): BenchRow[] {
  const worst = BRICKS.map((brick) => {
    const wall = brick.repeat(Math.ceil(65_536 / brick.length));
    return {
      brick,
      milliseconds: Math.min(
        timed(() => scan(wall, options)),
        timed(() => scan(wall, options)),
      ),
    };
  }).toSorted((a, b) => b.milliseconds - a.milliseconds);
  return worst.slice(0, 3).map(({ brick, milliseconds }) => ({
    name: `redaction: hostile 64 KB of ${JSON.stringify(brick)}`,
    value: milliseconds,
    unit: 'ms',
    goal: 50,
  }));
}

function restoring(): BenchRow {
  const vault = createVault((text) => text.length.toString(16).padStart(8, '0'));
  const answer = `const a = ${vault.placeholder('CPF', '1', 'a')} + REDACTED_RED;\n`.repeat(2000);
  const chunks = answer.match(/.{1,7}/gs) ?? [];
  const stream = restoreStream(vault, 'display');
  const milliseconds = timed(() => {
    for (const chunk of chunks) stream.push(chunk);
  });
  return { name: 'redaction: restore a chunk', value: (milliseconds / chunks.length) * 1000, unit: 'µs', goal: 5 };
}

function sourceTexts(): string[] {
  const root = new URL('../../node_modules/', import.meta.url);
  const texts: string[] = [];
  let size = 0;
  for (const name of SOURCES) {
    const folder = fileURLToPath(new URL(name, root));
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = `${folder}/${file}`;
      if (size > MOST || !/\.(?:js|ts|json|md|mjs)$/.test(file) || !statSync(path).isFile()) continue;
      const text = readFileSync(path, 'utf8');
      if (text.length < 2000 || text.length > 200_000) continue;
      texts.push(text);
      size += text.length;
    }
  }
  return texts;
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
