import * as vscode from 'vscode';
import type { Trigger } from '../core/completion/completion.ts';

/** Tells why VS Code asks for a completion, which it does not say itself; it may ask several times for one change. */
export interface TypingTriggers extends vscode.Disposable {
  /** What led to the cursor being at an offset of a document: its last change, when that ended there, or a move. */
  of(document: vscode.TextDocument, offset: number): Trigger;
  noteAccepted(document: vscode.TextDocument): void;
}

/** The last change of a document: a version and where in it text was put in. */
interface Change {
  readonly version: number;
  readonly trigger: Trigger;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export function watchTriggers(): TypingTriggers {
  const last = new WeakMap<vscode.TextDocument, Change>();
  const watching = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    // Undo and redo go back to what was there: nothing is asked for it, as for a cursor that moved.
    if (contentChanges.length === 0 || reason !== undefined) return;
    const trigger = contentChanges.some(({ text }) => text !== '') ? 'typed' : 'deleted';
    const spans = contentChanges.map(({ rangeOffset, text }) => ({
      start: rangeOffset,
      end: rangeOffset + text.length,
    }));
    last.set(document, { version: document.version, trigger, spans });
  });
  return {
    of(document, offset) {
      const change = last.get(document);
      if (change?.version !== document.version) return 'moved';
      // An opening bracket brings its closer along: the cursor is inside of what was put in.
      return change.spans.some(({ start, end }) => start <= offset && offset <= end) ? change.trigger : 'moved';
    },
    noteAccepted(document) {
      const change = last.get(document);
      if (change?.version === document.version) last.set(document, { ...change, trigger: 'accepted' });
    },
    dispose: () => watching.dispose(),
  };
}
