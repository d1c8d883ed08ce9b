import * as vscode from 'vscode';

/** A request sooner answered than this shows no more than the line in the gutter. */
const HINT_AFTER_MS = 300;

/** Marks a range while a model works on it. One work at a time; Esc in the editor stops it. */
export interface RefactorProgress extends vscode.Disposable {
  /** Runs `work` with a signal that Esc, a close of the document or another call aborts. */
  during<T>(editor: vscode.TextEditor, range: vscode.Range, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export function createProgress(context: vscode.ExtensionContext): RefactorProgress {
  const still = vscode.workspace.getConfiguration().get('workbench.reduceMotion') === 'on';
  const icon = still ? 'working-still.svg' : 'working.svg';
  const line = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    gutterIconPath: vscode.Uri.joinPath(context.extensionUri, 'media', 'refactor', icon),
    gutterIconSize: 'contain',
    overviewRulerColor: new vscode.ThemeColor('progressBar.background'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  const hint = vscode.window.createTextEditorDecorationType({
    after: {
      contentText: vscode.l10n.t('Postern is working · Esc to cancel'),
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      margin: '0 0 0 2em',
    },
  });
  let running: AbortController | undefined;
  const cancel = () => running?.abort();
  const registered = vscode.Disposable.from(line, hint, { dispose: cancel }, cancelCommand(cancel));
  return {
    async during(editor, range, work) {
      cancel();
      const own = new AbortController();
      running = own;
      const { document } = editor;
      const closed = vscode.workspace.onDidCloseTextDocument((other) => other === document && own.abort());
      const editors = () => vscode.window.visibleTextEditors.filter((visible) => visible.document === document);
      const draw = (type: vscode.TextEditorDecorationType, ranges: readonly vscode.Range[]) => {
        for (const visible of editors()) visible.setDecorations(type, ranges);
      };
      const lines = Array.from(
        { length: range.end.line - range.start.line + 1 },
        (_, index) => new vscode.Range(range.start.line + index, 0, range.start.line + index, 0),
      );
      draw(line, lines);
      void vscode.commands.executeCommand('setContext', 'postern.refactoring', true);
      const first = document.lineAt(range.start.line).range.end;
      const timer = setTimeout(() => draw(hint, [new vscode.Range(first, first)]), HINT_AFTER_MS);
      try {
        return await work(own.signal);
      } finally {
        clearTimeout(timer);
        closed.dispose();
        draw(line, []);
        draw(hint, []);
        if (running === own) {
          running = undefined;
          void vscode.commands.executeCommand('setContext', 'postern.refactoring', false);
        }
      }
    },
    dispose: () => registered.dispose(),
  };
}

const cancelCommand = (cancel: () => void): vscode.Disposable =>
  vscode.commands.registerCommand('postern.cancelRefactor', cancel);
