import * as vscode from 'vscode';
import type { Vault } from '../core/redaction/vault.ts';
import { type ReadAttachment, readAttachment, type Wanted } from './chat-attachments.ts';
import type { Gate } from './gate.ts';

/** A selection or scroll position that rests this long, in milliseconds, is looked at. */
const REST_MS = 200;

/** What will go with the next question: what the person added, and the place in front of them. */
export class ChatComposer implements vscode.Disposable {
  readonly #gate: Gate;
  /** Chips are only looked at, never sent, so their placeholders belong to no conversation. */
  readonly #vault: Vault;
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable;
  #added: readonly Wanted[] = [];
  /** The document in front that the person took away. */
  #dismissed: string | undefined;
  #read: readonly ReadAttachment[] = [];
  #round = 0;
  #resting: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#didChange.event;

  constructor(gate: Gate) {
    this.#gate = gate;
    this.#vault = gate.newVault();
    this.#listeners = vscode.Disposable.from(this.#didChange, ...this.#listen());
    this.#rest();
  }

  /** Places to send, most useful first. */
  wanted(): readonly Wanted[] {
    const front = wantedInFront();
    if (front === undefined) return this.#added;
    const uri = front.uri.toString();
    const covered = this.#added.some((one) => one.uri.toString() === uri && one.part === 'text');
    return covered || uri === this.#dismissed ? this.#added : [...this.#added, front];
  }

  /** The same after the gate, for the chips. */
  read(): readonly ReadAttachment[] {
    return this.#read;
  }

  add(uri: vscode.Uri, part: Wanted['part']): void {
    const id = `${part}:${uri.toString()}`;
    if (!this.#added.some((one) => one.id === id)) this.#added = [...this.#added, { id, uri, lines: undefined, part }];
    void this.#refresh();
  }

  remove(id: string): void {
    if (this.#added.some((one) => one.id === id)) this.#added = this.#added.filter((one) => one.id !== id);
    else this.#dismissed = vscode.window.activeTextEditor?.document.uri.toString();
    void this.#refresh();
  }

  /** What was added by hand goes with one question only. */
  sent(): void {
    if (this.#added.length === 0) return;
    this.#added = [];
    void this.#refresh();
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#listeners.dispose();
  }

  #listen(): readonly vscode.Disposable[] {
    return [
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && editor.document.uri.toString() !== this.#dismissed) this.#dismissed = undefined;
        this.#rest();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const selects = selections.some((selection) => !selection.isEmpty);
        if (selects && textEditor === vscode.window.activeTextEditor) this.#dismissed = undefined;
        this.#rest();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(() => this.#rest()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.wanted().some((one) => one.uri.toString() === document.uri.toString())) this.#rest();
      }),
      this.#gate.onDidChangePolicy(() => this.#rest()),
    ];
  }

  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#refresh(), REST_MS);
  }

  async #refresh(): Promise<void> {
    const mine = ++this.#round;
    const all = await Promise.all(this.wanted().map((one) => readAttachment(one, this.#gate, this.#vault)));
    if (mine !== this.#round) return;
    this.#read = all;
    this.#didChange.fire();
  }
}

/** The selected lines of the editor in front, or those in sight; undefined where there is no file. */
function wantedInFront(): Wanted | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !['file', 'vscode-remote', 'untitled', 'vscode-vfs'].includes(editor.document.uri.scheme))
    return undefined;
  const { document, selection } = editor;
  const visible = editor.visibleRanges[0] ?? new vscode.Range(0, 0, 0, 0);
  const range = selection.isEmpty ? visible : selection;
  // A selection that ends before the first character of a line does not mean that line.
  const last = !selection.isEmpty && range.end.character === 0 ? range.end.line - 1 : range.end.line;
  const whole = range.start.line === 0 && last >= document.lineCount - 1;
  const lines = whole ? undefined : { first: range.start.line, last: Math.max(range.start.line, last) };
  return { id: 'front', uri: document.uri, lines, part: 'text' };
}
