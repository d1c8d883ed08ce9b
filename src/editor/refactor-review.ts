import type * as vscode from 'vscode';
import { type Hunk, linesOf } from '../core/refactor/hunks.ts';
import {
  lineEditOf,
  openCount,
  type Review,
  type ReviewStep,
  reconciled,
  startReview,
  withAllAccepted,
  withAllRejected,
  withForeignEdit,
} from '../core/refactor/review.ts';
import { type Counts, type Verification, verify } from '../core/refactor/verification.ts';
import type { Parser } from '../core/syntax/tree.ts';
import { applyLineEdits } from './refactor-apply.ts';
import { countsOf, verificationWords } from './refactor-verification.ts';

/** What a review began with. The hunks stand in the document already. */
export interface ReviewStart {
  readonly document: vscode.TextDocument;
  readonly hunks: readonly Hunk[];
  /** Text and counts of the document before the hunks came. */
  readonly originalText: string;
  readonly before: Counts;
}

export interface ReviewPorts {
  readonly parser: Parser;
  /** Something to draw changed. */
  changed(): void;
  /** No hunk is open any more. `undone` when the person's own undo brought the original text back. */
  ended(outcome: 'accepted' | 'edited' | 'rejected', undone: boolean): void;
}

/** Language servers report a moment after a change. */
const VERIFY_AFTER_MS = 400;

/** The review of one document, from the moment its hunks stand there to the last word on them. */
export class DocumentReview implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly originalText: string;
  readonly #before: Counts;
  readonly #ports: ReviewPorts;
  #review: Review;
  #verification: Verification | undefined;
  /** Whether the person changed something while it was open. */
  #touched = false;
  /** Set while this review itself edits the document. */
  #editing = false;
  #over = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(start: ReviewStart, ports: ReviewPorts) {
    this.document = start.document;
    this.originalText = start.originalText;
    this.#before = start.before;
    this.#ports = ports;
    this.#review = startReview(start.hunks);
    this.checkSoon();
  }

  get review(): Review {
    return this.#review;
  }

  get verificationWords(): string {
    return verificationWords(this.#verification);
  }

  /** Does one step; a document that does not take its edits keeps the review as it was. */
  async take({ review, edits }: ReviewStep): Promise<void> {
    this.#editing = true;
    const applied = await applyLineEdits(this.document, edits);
    this.#editing = false;
    if (!applied || this.#over) return;
    this.#review = review;
    this.#settle(false);
  }

  acceptAll(): Promise<void> {
    return this.take({ review: withAllAccepted(this.#review), edits: [] });
  }

  /** Follows what the person, a formatter or an undo did to the document. */
  follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    if (this.#editing || this.#over || changes.length === 0) return;
    const text = this.document.getText();
    if (text === this.originalText) {
      this.#review = withAllRejected(this.#review).review;
      this.#settle(true);
      return;
    }
    this.#touched = true;
    for (const change of changes.toSorted((a, b) => b.rangeOffset - a.rangeOffset))
      this.#review = withForeignEdit(this.#review, lineEditOf(inLines(change)));
    this.#review = reconciled(this.#review, text);
    this.#settle(false);
  }

  checkSoon(): void {
    clearTimeout(this.#timer);
    if (!this.#over) this.#timer = setTimeout(() => void this.#check(), VERIFY_AFTER_MS);
  }

  dispose(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #settle(undone: boolean): void {
    if (openCount(this.#review) > 0) {
      this.checkSoon();
      this.#ports.changed();
      return;
    }
    this.dispose();
    const accepted = this.#review.some(({ state }) => state === 'accepted');
    this.#ports.ended(!accepted ? 'rejected' : this.#touched ? 'edited' : 'accepted', undone);
  }

  async #check(): Promise<void> {
    const after = await countsOf(this.document, this.#ports.parser);
    if (this.#over) return;
    const lines = linesOf(this.document.getText());
    const now = this.#review.flatMap(({ line, count }) => lines.slice(line, line + count));
    const original = this.#review.flatMap(({ hunk }) => hunk.original);
    this.#verification = verify(this.#before, after, { original: original.join('\n'), proposed: now.join('\n') });
    this.#ports.changed();
  }
}

const inLines = ({ range, text }: vscode.TextDocumentContentChangeEvent): Parameters<typeof lineEditOf>[0] => ({
  startLine: range.start.line,
  startCharacter: range.start.character,
  endLine: range.end.line,
  endCharacter: range.end.character,
  text,
});
