import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/toolchain.mjs';
import { admit } from '../../src/core/admission/admit.ts';
import { createContextIndex } from '../../src/core/context/context-index.ts';
import { createContextMemory } from '../../src/core/context/memory.ts';
import { builtinPolicy } from '../../src/core/policy/builtin.ts';
import type { ActivePolicy } from '../../src/core/policy/decision.ts';
import type { Model } from '../../src/core/policy/schema.ts';
import { buildCompletionPrompt } from '../../src/core/prompt/completion.ts';
import { type RedactedDocument, redact } from '../../src/core/redaction/redact.ts';
import { createScanCache } from '../../src/core/redaction/scan-cache.ts';
import { createVault } from '../../src/core/redaction/vault.ts';
import { newKeyedHash } from '../../src/node/randomness.ts';
import { createTreeSitter, installedWasm } from '../../src/node/tree-sitter.ts';
import type { BenchRow } from './bench-row.ts';

const ORIGIN = 'node_modules/zod/src/v4';
/** 44 kB of code: as long as hand-written files get. */
const EDITED = 'core/util.ts';
const TYPED = `
export function countOf<T>(values: readonly T[], isCounted: (value: T) => boolean): number {
  let count = 0;
  for (const value of values) {
    if (isCounted(value)) count += 1;
  }
  return count;
}
`.repeat(4);
const MODEL: Model = {
  endpoint: 'gpu',
  name: 'm',
  fim: 'qwen',
  context: 16_384,
  reasoning: false,
  tasks: ['completion'],
};
const active: ActivePolicy = { policy: builtinPolicy, origin: 'built-in', hash: '0'.repeat(64) };

/** What one keystroke costs before anything is sent: policy, redaction, context and prompt, with a warm index. */
export async function run(): Promise<BenchRow[]> {
  const now = () => performance.now();
  const parser = createTreeSitter(installedWasm(join(root, 'node_modules'), now));
  await parser.load('typescript');
  const redaction = {
    task: 'completion',
    vault: createVault(newKeyedHash()),
    cache: createScanCache(),
    now,
    budgetMs: 10_000,
  } as const;
  const read = (path: string, text: string, version: number): RedactedDocument => {
    const snapshot = { uri: `file:///w/${path}`, path, folder: 'file:///w', languageId: 'typescript', version, text };
    const admitted = admit(snapshot, { remotes: [] }, 'completion', active);
    if ('kind' in admitted) throw new Error(admitted.reason);
    const document = redact(admitted, redaction);
    if ('kind' in document) throw new Error(document.reason);
    return document;
  };
  const index = createContextIndex({ parser });
  const files = globSync('**/*.ts', { cwd: join(root, ORIGIN) }).filter((path) => !path.includes('tests'));
  for (const path of files) index.update(read(path, readFileSync(join(root, ORIGIN, path), 'utf8'), 0));

  const source = readFileSync(join(root, ORIGIN, EDITED), 'utf8');
  const middle = source.indexOf('\nexport function', source.length / 2);
  const memory = createContextMemory();
  const times: number[] = [];
  for (let typed = 1; typed <= TYPED.length; typed++) {
    const text = source.slice(0, middle) + TYPED.slice(0, typed) + source.slice(middle);
    const started = now();
    const document = read(EDITED, text, typed);
    const offset = document.offsetOf(middle + typed) ?? 0;
    const sections = index.query({ document, offset, open: [document.uri], budget: 6000, memory });
    const prefix = document.text.slice(0, offset);
    const suffix = document.text.slice(offset);
    buildCompletionPrompt({ path: document.path, languageId: 'typescript', prefix, suffix, sections }, MODEL);
    times.push(now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const note = `${times.length} keys in ${Math.round(source.length / 1000)} kB, ${files.length} files indexed`;
  return [
    { name: 'keystroke p50', value: at(0.5), unit: 'ms', goal: 5, note },
    { name: 'keystroke p95', value: at(0.95), unit: 'ms', goal: 15 },
  ];
}
