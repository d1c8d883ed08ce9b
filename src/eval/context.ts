import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit } from '../core/admission/admit.ts';
import { type ContextIndex, createContextIndex } from '../core/context/context-index.ts';
import { renderSection } from '../core/context/render.ts';
import { languageOfPath } from '../core/document/language-of-path.ts';
import { builtinPolicy } from '../core/policy/builtin.ts';
import type { ActivePolicy } from '../core/policy/decision.ts';
import { type RedactedDocument, redact } from '../core/redaction/redact.ts';
import { createScanCache } from '../core/redaction/scan-cache.ts';
import { createVault } from '../core/redaction/vault.ts';
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
    const files = readFiles(join(folder, 'repos', repo));
    const documents = [...files].flatMap(([path, text]) => read(path, text) ?? []);
    for (const languageId of new Set(documents.map((document) => document.languageId))) await parser.load(languageId);
    const started = now();
    const index = createContextIndex({ parser });
    for (const document of documents) index.update(document);
    spent.milliseconds += now() - started;
    spent.characters += index.size.characters;
    for (const task of tasks.filter((one) => one.repo === repo)) answer(task, files, index);
  }
  process.stderr.write(
    `index: ${(spent.milliseconds / (spent.characters / 1e6)).toFixed(0)} ms for a million characters\n`,
  );
}

/** The open document, a later version, takes the place of its copy on disk, which holds the answer. */
function answer(task: Task, files: ReadonlyMap<string, string>, index: ContextIndex): void {
  const document = read(task.path, task.prefix + task.suffix);
  if (!document) {
    index.remove(uriOf(task.path));
    write(task, 0, '');
    return;
  }
  index.update(document);
  const offset = document.offsetOf(task.prefix.length);
  const started = now();
  const sections = offset === undefined ? [] : index.query({ document, offset, open: [], budget: BUDGET });
  const spent = now() - started;
  write(task, spent, sections.map((section) => renderSection(section).text).join('\n'));
  const restored = read(task.path, files.get(task.path) ?? '');
  if (restored) index.update(restored);
}

const write = ({ id }: Task, spent: number, context: string): void => {
  process.stdout.write(`${JSON.stringify({ id, query_ms: Math.round(spent * 100) / 100, context })}\n`);
};

function readFiles(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (entry.isFile() && languageOfPath(path)) files.set(path, readFileSync(join(root, path), 'utf8'));
  }
  return files;
}

/** Of the documents read so far, so that each is newer than those before. */
let version = 0;

const uriOf = (path: string): string => `file:///${path}`;

/** Undefined for what is no source or what the policy or the redaction refuses. */
function read(path: string, text: string): RedactedDocument | undefined {
  const languageId = languageOfPath(path);
  if (!languageId) return undefined;
  const snapshot = { uri: uriOf(path), path, folder: undefined, languageId, version: ++version, text };
  const admitted = admit(snapshot, { remotes: [] }, 'completion', active);
  if ('kind' in admitted) return undefined;
  const document = redact(admitted, { vault, task: 'completion', now, budgetMs: 10_000, cache });
  cache.forget(snapshot.uri);
  return 'kind' in document ? undefined : document;
}

await main(process.argv[2]);
