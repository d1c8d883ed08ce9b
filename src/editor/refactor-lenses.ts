import * as vscode from 'vscode';
import { openCount, type Review } from '../core/refactor/review.ts';

/** What the bar over a review says. */
export interface ReviewBar {
  readonly uri: vscode.Uri;
  readonly review: Review;
  readonly verification: string;
}

/** A bar over the first open hunk, and `Accept` `Reject` over each. */
export function reviewLenses({ uri, review, verification }: ReviewBar): readonly vscode.CodeLens[] {
  const { t } = vscode.l10n;
  const open = openCount(review);
  const first = review.findIndex(({ state }) => state === 'open');
  const top = review[first];
  if (!top) return [];
  const lens = (line: number, title: string, command = '', ...rest: readonly unknown[]) =>
    new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [uri, ...rest] });
  const settled = review.length - open;
  const bar = [
    lens(top.line, t('$(check-all) Accept all'), 'postern.review.acceptAll'),
    lens(top.line, t('$(discard) Reject all'), 'postern.review.rejectAll'),
    lens(top.line, t('$(diff) Show diff'), 'postern.review.showDiff'),
    lens(top.line, t('{0} of {1}', settled + 1, review.length)),
    lens(top.line, verification),
  ];
  const hunks = review.flatMap(({ state, line }, index) =>
    state === 'open'
      ? [
          lens(line, t('$(check) Accept'), 'postern.review.accept', index),
          lens(line, t('$(close) Reject'), 'postern.review.reject', index),
        ]
      : [],
  );
  return open === 1 && review.length === 1 ? [...hunks, ...bar.slice(2, 3), ...bar.slice(4)] : [...bar, ...hunks];
}
