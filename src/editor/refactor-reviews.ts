import * as vscode from 'vscode';
import { diffHunks, editOf, type Hunk } from '../core/refactor/hunks.ts';
import type { Parser } from '../core/syntax/tree.ts';
import type { Gate } from './gate.ts';
import { applyLineEdits } from './refactor-apply.ts';
import { reviewLenses } from './refactor-lenses.ts';
import { createReviewMarks, type ReviewMarks } from './refactor-marks.ts';
import { DocumentReview, type ReviewStart } from './refactor-review.ts';
import { countsOf } from './refactor-verification.ts';

/** Changes that stand in documents and wait for the person's word. One review a document. */
export class Reviews implements vscode.Disposable {
  readonly #open = new Map<string, DocumentReview>();
  readonly #marks: ReviewMarks = createReviewMarks();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #gate: Gate;
  readonly #parser: Parser;
  readonly #registered: vscode.Disposable;

  constructor(gate: Gate, parser: Parser) {
    this.#gate = gate;
    this.#parser = parser;
    this.#registered = vscode.Disposable.from(
      this.#marks,
      this.#lensesChanged,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.of(document.uri)?.follow(contentChanges),
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#close(uri)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#draw()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.of(uri)?.checkSoon();
      }),
      vscode.languages.registerCodeLensProvider('*', {
        onDidChangeCodeLenses: this.#lensesChanged.event,
        provideCodeLenses: ({ uri }) => this.#lensesFor(uri),
      }),
    );
  }

  of(uri: vscode.Uri): DocumentReview | undefined {
    return this.#open.get(uri.toString());
  }

  /**
   * Applies hunks, in lines of the document as it is now, as one step that one undo takes back, and opens their review. An
   * earlier review of the document is accepted. False when the editor does not take the edit.
   */
  async propose(document: vscode.TextDocument, hunks: readonly Hunk[], requestId: string): Promise<boolean> {
    await this.of(document.uri)?.acceptAll();
    const before = await countsOf(document, this.#parser);
    const originalText = document.getText();
    if (!(await applyLineEdits(document, hunks.map(editOf)))) return false;
    this.#begin({ document, hunks, originalText, before }, requestId, false);
    return true;
  }

  /** Creates a file, shows it beside the editor and opens its review; rejecting all deletes it again. */
  async proposeFile(uri: vscode.Uri, text: string, requestId: string): Promise<boolean> {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    const before = { problems: 0, syntaxErrors: 0 };
    this.#begin({ document, hunks: diffHunks('', document.getText()), originalText: '', before }, requestId, true);
    return true;
  }

  dispose(): void {
    for (const review of this.#open.values()) review.dispose();
    this.#registered.dispose();
  }

  #begin(start: ReviewStart, requestId: string, created: boolean): void {
    const { document } = start;
    const review = new DocumentReview(start, {
      parser: this.#parser,
      changed: () => this.#draw(),
      ended: (outcome, undone) => {
        this.#close(document.uri);
        this.#gate.noteAction(requestId, outcome);
        if (created && outcome === 'rejected' && !undone) void discard(document);
      },
    });
    this.#open.set(document.uri.toString(), review);
    this.#gate.noteAction(requestId, 'shown');
    this.#draw();
  }

  #close(uri: vscode.Uri): void {
    const review = this.of(uri);
    if (!review) return;
    review.dispose();
    this.#open.delete(uri.toString());
    this.#marks.draw(review.document, []);
    this.#draw();
  }

  #draw(): void {
    for (const { document, review } of this.#open.values()) this.#marks.draw(document, review);
    this.#lensesChanged.fire();
    const active = vscode.window.activeTextEditor?.document.uri;
    const reviewing = active !== undefined && this.of(active) !== undefined;
    void vscode.commands.executeCommand('setContext', 'postern.reviewing', reviewing);
  }

  #lensesFor(uri: vscode.Uri): vscode.CodeLens[] {
    const open = this.of(uri);
    if (!open) return [];
    return [...reviewLenses({ uri, review: open.review, verification: open.verificationWords })];
  }
}

/** Deletes a file that was made for a proposal nobody wanted, unless something else was written into it. */
async function discard(document: vscode.TextDocument): Promise<void> {
  if (document.getText().trim() !== '') return;
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(document.uri, { ignoreIfNotExists: true });
  await vscode.workspace.applyEdit(edit);
}
