import * as vscode from 'vscode';
import type { ContextIndex } from '../core/context/context-index.ts';
import { createContextMemory } from '../core/context/memory.ts';
import type { Section } from '../core/context/section.ts';
import { languageOfPath } from '../core/document/language-of-path.ts';
import type { NgramModel } from '../core/local/ngram.ts';
import type { PolicyState } from '../core/policy/decision.ts';
import { type DataClass, dataClasses, type Task } from '../core/policy/schema.ts';
import { classOf, type RedactedDocument, rekey } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { Parser } from '../core/syntax/tree.ts';
import type { Reader } from './reading.ts';
import { snapshotOf, snapshotOfFile } from './snapshots.ts';
import { listSourceFiles } from './source-files.ts';

export interface GatherQuery {
  readonly task: Task;
  /** Placeholders of the conversation that asks; those of the index are exchanged for its own. */
  readonly vault: Vault;
  /** Words of a question, for chat. */
  readonly words?: string;
}

/** What Postern knows of the open workspace, redacted: for context, and for the local engine. */
export interface WorkspaceIndex extends vscode.Disposable {
  gather(
    document: RedactedDocument,
    offset: number,
    query: GatherQuery,
    signal: AbortSignal,
  ): Promise<readonly Section[]>;
  /** Forgets everything and reads the workspace again, such as after policy changed. */
  restart(): Promise<void>;
  readonly onDidChange: vscode.Event<IndexProgress>;
}

export interface IndexProgress {
  readonly read: number;
  readonly total: number;
}

export interface IndexPorts {
  policy(): PolicyState;
  readonly reader: Reader;
  readonly parser: Parser;
  readonly ngram: NgramModel;
  readonly vault: Vault;
  readonly log: vscode.LogOutputChannel;
}

/** Characters of context gathered for a prompt of each task; the prompt's own budget decides how much of it goes in. */
const BUDGET: Readonly<Record<Task, number>> = { completion: 6000, chat: 16_000, refactor: 10_000 };
/** Longest stretch of work between two looks at the event loop, in milliseconds. */
const SLICE_MS = 12;
/** An edited document is read again when the person pauses for this long. */
const SETTLED_MS = 700;

export function createWorkspaceIndex(ports: IndexPorts): WorkspaceIndex {
  return new LiveIndex(ports);
}

class LiveIndex implements WorkspaceIndex {
  readonly #ports: IndexPorts;
  readonly #progress = new vscode.EventEmitter<IndexProgress>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #pending = new Map<string, NodeJS.Timeout>();
  /** Undefined until the first reading has begun: what it needs loads then. */
  #index: ContextIndex | undefined;
  /** One choice of sections lasts while the cursor stays in its block, so that consecutive completions share their prompt. */
  #memory = createContextMemory();
  /** Counts readings: a file from disk and the same file in an editor count their versions differently. */
  #readings = 0;
  readonly #learned = new Set<string>();
  #run = new AbortController();

  constructor(ports: IndexPorts) {
    this.#ports = ports;
    const files = vscode.workspace.createFileSystemWatcher('**/*');
    this.#subscriptions = [
      this.#progress,
      files,
      files.onDidCreate((uri) => this.#later(uri)),
      files.onDidChange((uri) => this.#later(uri)),
      files.onDidDelete((uri) => this.#forget(uri.toString())),
      vscode.workspace.onDidOpenTextDocument((document) => this.#later(document.uri)),
      // What was not saved is gone: the file on disk counts again.
      vscode.workspace.onDidCloseTextDocument((document) => this.#later(document.uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#later(document.uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.restart()),
    ];
  }

  get onDidChange(): vscode.Event<IndexProgress> {
    return this.#progress.event;
  }

  async restart(): Promise<void> {
    this.#run.abort();
    this.#run = new AbortController();
    const { signal } = this.#run;
    // What was read under another policy is not shown under this one.
    this.#index = undefined;
    this.#memory = createContextMemory();
    for (const uri of this.#learned) this.#ports.ngram.forget(uri);
    this.#learned.clear();
    const { createContextIndex } = await import('../core/context/context-index.ts');
    if (signal.aborted) return;
    this.#index = createContextIndex({ parser: this.#ports.parser });
    await this.#readAll(signal);
  }

  async gather(
    document: RedactedDocument,
    offset: number,
    { task, vault, words }: GatherQuery,
    signal: AbortSignal,
  ): Promise<readonly Section[]> {
    await this.#ports.parser.load(document.languageId);
    if (signal.aborted || !this.#index) return [];
    const open = openTabs();
    const sections = this.#index.query({
      document,
      offset,
      open,
      budget: BUDGET[task],
      ...(words ? { words } : {}),
      ...(task === 'completion' ? { memory: this.#memory } : {}),
    });
    return sections
      .filter((section) => rank(classOf(section.text)) <= rank(document.class))
      .map((section) => exchanged(section, this.#ports.vault, vault));
  }

  dispose(): void {
    this.#run.abort();
    for (const timer of this.#pending.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    const started = Date.now();
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri);
    const files = await listSourceFiles(signal);
    const all = [...new Map([...open, ...nearestFirst(files, open)].map((uri) => [uri.toString(), uri])).values()];
    const pace = createPace(signal);
    let read = 0;
    for (const uri of all) {
      if (signal.aborted) return;
      await this.#read(uri, signal);
      read++;
      this.#ports.ngram.work();
      if (await pace()) this.#progress.fire({ read, total: all.length });
    }
    while (!signal.aborted && this.#ports.ngram.work()) await pace();
    this.#progress.fire({ read, total: all.length });
    this.#ports.log.info(`index: ${read} files, ${this.#ports.ngram.size} tokens in ${Date.now() - started} ms`);
  }

  /** What policy refuses is forgotten, so that a file which becomes excluded leaves the index. */
  async #read(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    if (!isIndexable(uri)) return;
    const languageId = languageOfPath(uri.path);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const snapshot = open ? snapshotOf(open) : languageId && (await snapshotOfFile(uri, languageId));
    if (!snapshot) return this.#forget(uri.toString());
    const read = await this.#ports.reader.read(snapshot, 'completion', this.#ports.vault);
    if ('kind' in read) return this.#forget(snapshot.uri);
    await this.#ports.parser.load(snapshot.languageId);
    // A restart, perhaps under another policy, has begun meanwhile.
    if (signal.aborted) return;
    this.#index?.update({ ...read, version: ++this.#readings });
    this.#learn(read);
  }

  /**
   * The local engine repeats what it learned into any file, so it learns nothing of a higher class than a file has by
   * default: accepted there, such code would take that file's lower class.
   */
  #learn(read: RedactedDocument): void {
    const state = this.#ports.policy();
    if (state.ok && rank(read.class) <= rank(state.active.policy.defaultClass)) {
      this.#learned.add(read.uri);
      this.#ports.ngram.learn(read.uri, read.text, read.languageId);
    } else this.#ports.ngram.forget(read.uri);
  }

  #later(uri: vscode.Uri): void {
    if (!isIndexable(uri)) return;
    const key = uri.toString();
    clearTimeout(this.#pending.get(key));
    const timer = setTimeout(async () => {
      this.#pending.delete(key);
      await this.#read(uri, this.#run.signal);
      const pace = createPace(this.#run.signal);
      while (!this.#run.signal.aborted && this.#ports.ngram.work()) await pace();
    }, SETTLED_MS);
    this.#pending.set(key, timer);
  }

  #forget(uri: string): void {
    this.#index?.remove(uri);
    this.#ports.ngram.forget(uri);
    this.#ports.reader.forget(uri);
  }
}

/** Files beside an open one come first: they help soonest. */
function nearestFirst(files: readonly vscode.Uri[], open: readonly vscode.Uri[]): readonly vscode.Uri[] {
  const folderOf = ({ path }: vscode.Uri): string => path.slice(0, path.lastIndexOf('/'));
  const folders = new Set(open.map(folderOf));
  const isNear = (uri: vscode.Uri): boolean => folders.has(folderOf(uri));
  return [...files.filter(isNear), ...files.filter((uri) => !isNear(uri))];
}

/** A section as another conversation may see it. */
function exchanged(section: Section, from: Vault, to: Vault): Section {
  if (from === to) return section;
  return { ...section, path: rekey(section.path, from, to), text: rekey(section.text, from, to) };
}

/** Files and what is about to become one: no outputs, no versions of source control, no settings. */
const isIndexable = ({ scheme, path }: vscode.Uri): boolean =>
  (scheme === 'file' || scheme === 'untitled') && !/\/(?:node_modules|\.git)\//.test(path);

const rank = (dataClass: DataClass): number => dataClasses.indexOf(dataClass);

/** URIs of the open tabs, the active one first. */
function openTabs(): readonly string[] {
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.input);
  const uris = tabs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : []));
  return [...new Set(active ? [active, ...uris] : uris)];
}

/** Lets the event loop go on when a slice of time is used up; tells whether it did. */
function createPace(signal: AbortSignal): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS || signal.aborted) return false;
    await new Promise((resolve) => setTimeout(resolve, 1));
    since = performance.now();
    return true;
  };
}
