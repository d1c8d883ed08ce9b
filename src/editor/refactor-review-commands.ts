import * as vscode from 'vscode';
import { nextOpen, openAt, type Review, withAccepted, withAllRejected, withRejected } from '../core/refactor/review.ts';
import type { DocumentReview } from './refactor-review.ts';
import type { Reviews } from './refactor-reviews.ts';
import type { VirtualTexts } from './virtual-texts.ts';

/** The commands behind the lenses and keys of a review. Each takes document and hunk from a lens, or finds both at the cursor. */
export function registerReviewCommands(reviews: Reviews, texts: VirtualTexts): vscode.Disposable {
  const on = (name: string, run: (open: DocumentReview, index: number) => Promise<void> | void) =>
    vscode.commands.registerCommand(`postern.review.${name}`, (uri?: unknown, index?: unknown) => {
      const of = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
      const open = of && reviews.of(of);
      if (!open) return undefined;
      return run(open, typeof index === 'number' ? index : openAt(open.review, cursorLine()));
    });
  return vscode.Disposable.from(
    on('accept', async (open, index) => {
      const line = open.review[index]?.line ?? 0;
      await open.take({ review: withAccepted(open.review, index), edits: [] });
      reveal(open.review, line);
    }),
    on('reject', async (open, index) => {
      const line = open.review[index]?.line ?? 0;
      await open.take(withRejected(open.review, index));
      reveal(open.review, line);
    }),
    on('acceptAll', (open) => open.acceptAll()),
    on('rejectAll', (open) => open.take(withAllRejected(open.review))),
    on('next', ({ review }) => reveal(review, cursorLine())),
    on('showDiff', (open) => showDiff(open, texts)),
  );
}

const cursorLine = (): number => vscode.window.activeTextEditor?.selection.active.line ?? 0;

/** Moves the cursor to the next open hunk after a line. */
function reveal(review: Review, line: number): void {
  const editor = vscode.window.activeTextEditor;
  const next = review[nextOpen(review, line)];
  if (!editor || !next) return;
  const place = new vscode.Position(Math.min(next.line, editor.document.lineCount - 1), 0);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function showDiff({ document, originalText }: DocumentReview, texts: VirtualTexts): Promise<void> {
  const name = vscode.workspace.asRelativePath(document.uri);
  const original = texts.put(`original/${name}`, originalText);
  const title = vscode.l10n.t('{0} (before ↔ now)', name);
  await vscode.commands.executeCommand('vscode.diff', original, document.uri, title);
}
