import * as vscode from 'vscode';
import { type ReadAttachment, readAttachment, type Wanted } from './chat-attachments.ts';
import type { Gate } from './gate.ts';

/** What will go with the next question: what the person added, and the place in front of them. */
export interface ChatComposer extends vscode.Disposable {
  /** Places to send, most useful first. */
  wanted(): readonly Wanted[];
  /** The same after the gate, for the chips. */
  read(): readonly ReadAttachment[];
  readonly onDidChange: vscode.Event<void>;
  add(uri: vscode.Uri, part: Wanted['part']): void;
  remove(id: string): void;
  /** What was added by hand goes with one question only. */
  sent(): void;
}

/** A selection or scroll position that rests this long, in milliseconds, is looked at. */
const REST_MS = 200;

export function createChatComposer(gate: Gate): ChatComposer {
  const changed = new vscode.EventEmitter<void>();
  // Chips are only looked at, never sent, so their placeholders belong to no conversation.
  const vault = gate.newVault();
  let added: readonly Wanted[] = [];
  let dismissed: string | undefined;
  let read: readonly ReadAttachment[] = [];
  let round = 0;
  let resting: NodeJS.Timeout | undefined;

  const wanted = (): readonly Wanted[] => {
    const front = wantedInFront();
    const uri = front?.uri.toString();
    const covered =
      front === undefined ||
      uri === dismissed ||
      added.some((one) => one.uri.toString() === uri && one.part === 'text');
    return covered ? added : [...added, front];
  };
  const refresh = async (): Promise<void> => {
    const mine = ++round;
    const all = await Promise.all(wanted().map((one) => readAttachment(one, gate, vault)));
    if (mine !== round) return;
    read = all;
    changed.fire();
  };
  const rest = (): void => {
    clearTimeout(resting);
    resting = setTimeout(refresh, REST_MS);
  };
  const listeners = vscode.Disposable.from(
    changed,
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor && editor.document.uri.toString() !== dismissed) dismissed = undefined;
      rest();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (selections.some((selection) => !selection.isEmpty) && textEditor === vscode.window.activeTextEditor)
        dismissed = undefined;
      rest();
    }),
    vscode.window.onDidChangeTextEditorVisibleRanges(rest),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (wanted().some((one) => one.uri.toString() === document.uri.toString())) rest();
    }),
  );
  rest();
  return {
    wanted,
    read: () => read,
    onDidChange: changed.event,
    add(uri, part) {
      const id = `${part}:${uri.toString()}`;
      if (!added.some((one) => one.id === id)) added = [...added, { id, uri, lines: undefined, part }];
      void refresh();
    },
    remove(id) {
      if (added.some((one) => one.id === id)) added = added.filter((one) => one.id !== id);
      else dismissed = vscode.window.activeTextEditor?.document.uri.toString();
      void refresh();
    },
    sent() {
      if (added.length === 0) return;
      added = [];
      void refresh();
    },
    dispose() {
      clearTimeout(resting);
      listeners.dispose();
    },
  };
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
