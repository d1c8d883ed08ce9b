import * as vscode from 'vscode';
import type { ReviewedHunk } from '../core/refactor/review.ts';

/** Draws the open hunks of a review in every editor that shows its document. */
export interface ReviewMarks extends vscode.Disposable {
  draw(document: vscode.TextDocument, hunks: readonly ReviewedHunk[]): void;
}

/** More original lines than this do not fit a hover; the diff shows them. */
const MOST_HOVER_LINES = 40;

export function createReviewMarks(): ReviewMarks {
  const added = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
    borderColor: new vscode.ThemeColor('diffEditor.insertedTextBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.addedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  const removed = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.deletedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
    after: {
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      margin: '0 0 0 2em',
      fontStyle: 'italic',
    },
  });
  return {
    draw(document, hunks) {
      const open = hunks.filter(({ state }) => state === 'open');
      const addedRanges = open
        .filter(({ count }) => count > 0)
        .map(({ line, count }) => document.validateRange(new vscode.Range(line, 0, line + count - 1, 0)));
      const removedRanges = open
        .filter(({ hunk }) => hunk.original.length > 0)
        .map((hunk) => removedMark(document, hunk));
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document !== document) continue;
        editor.setDecorations(added, addedRanges);
        editor.setDecorations(removed, removedRanges);
      }
    },
    dispose: () => vscode.Disposable.from(added, removed).dispose(),
  };
}

/** The lines that went are named at the end of the hunk's first line and shown on hover. */
function removedMark(document: vscode.TextDocument, { hunk, line }: ReviewedHunk): vscode.DecorationOptions {
  const end = document.lineAt(Math.min(line, document.lineCount - 1)).range.end;
  const count = hunk.original.length;
  const hover = new vscode.MarkdownString();
  hover.appendMarkdown(vscode.l10n.t('Before:'));
  hover.appendCodeblock(hunk.original.slice(0, MOST_HOVER_LINES).join('\n'), document.languageId);
  if (count > MOST_HOVER_LINES) hover.appendMarkdown(vscode.l10n.t('and {0} more lines', count - MOST_HOVER_LINES));
  const contentText = count === 1 ? vscode.l10n.t('− 1 line') : vscode.l10n.t('− {0} lines', count);
  return { range: new vscode.Range(end, end), hoverMessage: hover, renderOptions: { after: { contentText } } };
}
