import * as vscode from 'vscode';
import type { Trigger } from '../core/completion/completion.ts';

/** Tells why VS Code asks for a completion, which it does not say itself. */
export interface TypingTriggers extends vscode.Disposable {
  /** What happened last to a document; each change is told once, what follows without a change is a move. */
  of(document: vscode.TextDocument): Trigger;
  noteAccepted(uri: string): void;
}

export function watchTriggers(): TypingTriggers {
  const last = new Map<string, Trigger>();
  const watching = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const uri = document.uri.toString();
    if (contentChanges.length === 0) return;
    // Undo and redo go back to what was there: nothing is asked for it, as for a cursor that moved.
    if (reason !== undefined) last.set(uri, 'moved');
    else last.set(uri, contentChanges.some(({ text }) => text !== '') ? 'typed' : 'deleted');
  });
  return {
    of(document) {
      const uri = document.uri.toString();
      const trigger = last.get(uri) ?? 'moved';
      last.delete(uri);
      return trigger;
    },
    noteAccepted: (uri) => void last.set(uri, 'accepted'),
    dispose: () => watching.dispose(),
  };
}
