import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit } from '../core/admission/admit.ts';
import { type ContextIndex, createContextIndex } from '../core/context/index.ts';
import { renderSection } from '../core/context/render.ts';
import { languageOfPath } from '../core/document/language-of-path.ts';
import { builtinPolicy } from '../core/policy/builtin.ts';
import type { ActivePolicy } from '../core/policy/decision.ts';
import { type RedactedDocument, redact } from '../core/redaction/redact.ts';
import { createScanCache } from '../core/redaction/scan-cache.ts';
import { createVault } from '../core/redaction/vault.ts';
import type { Parser } from '../core/syntax/tree.ts';
import { bundledWasm, createTreeSitter } from '../node/tree-sitter.ts';

/**
 * Context for the scorer of the retrieval tasks, over the entry points of the extension: `admit`, `redact`, the index,
 * and sections rendered as a prompt renders them. `node dist/eval/context.mjs <unpacked folder> > out.jsonl`.
 */
interface Task {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
}

const active: ActivePolicy = { policy: builtinPolicy, origin: 'built-in', hash: 'built-in' };
const vault = createVault((value) => createHmac('sha256', 'evaluation').update(value).digest('hex'));
const cache = createScanCache();
/** The most that the scorer looks at. */
const BUDGET = 12_000;

const now = (): number => performance.now();

async function main(folder: string | undefined): Promise<void> {
  if (!folder) throw new Error('usage: context.mjs <folder that evalctx.mjs unpacked>');
  const parser = createTreeSitter(bundledWasm(join(import.meta.dirname, '..'), now));
  const tasks = readFileSync(join(folder, 'tasks.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Task => JSON.parse(line));
  const spent = { characters: 0, milliseconds: 0 };
  for (const repo of new Set(tasks.map((task) => task.repo))) {
    const files = await readFiles(join(folder, 'repos', repo), parser);
    const started = now();
    const index = createContextIndex({ parser });
    for (const file of files.values()) index.update(file);
    spent.milliseconds += now() - started;
    spent.characters += index.size.characters;
    for (const task of tasks.filter((one) => one.repo === repo)) answer(task, files, index);
  }
  process.stderr.write(
    `index: ${(spent.milliseconds / (spent.characters / 1e6)).toFixed(0)} ms for a million characters\n`,
  );
}

/** The open document stands in the index in place of its copy on disk, which holds the answer. */
function answer(task: Task, files: ReadonlyMap<string, RedactedDocument>, index: ContextIndex): void {
  const document = read(task.path, task.prefix + task.suffix);
  const onDisk = files.get(task.path);
  index.remove(uriOf(task.path));
  if (!document) {
    write(task, 0, '');
    return;
  }
  index.update(document);
  const started = now();
  const sections = index.query({ document, offset: document.offsetOf(task.prefix.length), open: [], budget: BUDGET });
  const spent = now() - started;
  write(task, spent, sections.map((section) => renderSection(section).text).join('\n'));
  index.remove(document.uri);
  if (onDisk) index.update(onDisk);
}

const write = ({ id }: Task, spent: number, context: string): void => {
  process.stdout.write(`${JSON.stringify({ id, query_ms: Math.round(spent * 100) / 100, context })}\n`);
};

async function readFiles(root: string, parser: Parser): Promise<ReadonlyMap<string, RedactedDocument>> {
  const files = new Map<string, RedactedDocument>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    const document = entry.isFile() ? read(path, readFileSync(join(root, path), 'utf8')) : undefined;
    if (!document) continue;
    await parser.load(document.languageId);
    files.set(path, document);
  }
  return files;
}

const uriOf = (path: string): string => `file:///${path}`;

/** Undefined for what is no source or what the policy or the redaction refuses. */
function read(path: string, text: string): RedactedDocument | undefined {
  const languageId = languageOfPath(path);
  if (!languageId) return undefined;
  const snapshot = { uri: uriOf(path), path, folder: undefined, languageId, version: 1, text };
  const admitted = admit(snapshot, { remotes: [] }, 'completion', active);
  if ('kind' in admitted) return undefined;
  const document = redact(admitted, { vault, task: 'completion', now, budgetMs: 10_000, cache });
  cache.forget(snapshot.uri);
  return 'kind' in document ? undefined : document;
}

await main(process.argv[2]);
