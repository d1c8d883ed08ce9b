import * as vscode from 'vscode';
import { type RefactorAction, refactorActions } from '../core/refactor/kinds.ts';
import type { Parser } from '../core/syntax/tree.ts';
import {
  isRefactorable,
  mostSevere,
  plain,
  problemWords,
  refactorCommands,
  registerCodeActions,
} from './code-actions.ts';
import type { Gate } from './gate.ts';
import type { ApplyRims } from './refactor-apply.ts';
import { createInstructionInput, type InstructionInput } from './refactor-instruction.ts';
import { createProgress } from './refactor-progress.ts';
import { registerReviewCommands } from './refactor-review-commands.ts';
import { Reviews } from './refactor-reviews.ts';
import { runRefactor, type Workbench } from './refactor-run.ts';
import { createVirtualTexts } from './virtual-texts.ts';

/** Originals and proposals, for diffs. */
const ORIGINAL_SCHEME = 'postern-original';

export interface RefactorRims extends ApplyRims {
  readonly parser: Parser;
}

/** Code actions, the commands behind them, and the review of what they propose. */
export function registerRefactor(context: vscode.ExtensionContext, gate: Gate, rims: RefactorRims): vscode.Disposable {
  const texts = createVirtualTexts(ORIGINAL_SCHEME);
  const reviews = new Reviews(gate, rims.parser);
  const progress = createProgress(context);
  const input = createInstructionInput();
  const bench: Workbench = { gate, reviews, progress, texts, rims };
  const commands = Object.values(refactorActions).map((action) =>
    vscode.commands.registerCommand(refactorCommands[action.id], (range?: unknown, problem?: unknown) => {
      const where = range instanceof vscode.Range ? range : undefined;
      const instruction = typeof problem === 'string' ? problem : undefined;
      void start(action, { range: where, instruction, input }, bench).catch(showUnexpected);
    }),
  );
  return vscode.Disposable.from(
    texts,
    reviews,
    progress,
    registerReviewCommands(reviews, texts),
    registerCodeActions(gate),
    ...commands,
  );
}

interface Wish {
  readonly range: vscode.Range | undefined;
  /** The problem's words, from a code action. */
  readonly instruction: string | undefined;
  readonly input: InstructionInput;
}

/** Fills in from the active editor what the command was not told. */
async function start(action: RefactorAction, wish: Wish, bench: Workbench): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isRefactorable(editor.document)) return tell(vscode.l10n.t('Open a file first.'));
  let selection = wish.range ?? plain(editor.selection);
  let { instruction } = wish;
  if (action.needs === 'problem' && instruction === undefined) {
    const line = editor.selection.active.line;
    const here = vscode.languages
      .getDiagnostics(editor.document.uri)
      .filter(({ range }) => range.start.line <= line && line <= range.end.line);
    const problem = mostSevere(here);
    if (!problem) return tell(vscode.l10n.t('There is no problem on this line.'));
    selection = new vscode.Range(problem.range.start, problem.range.start);
    instruction = problemWords(problem);
  }
  if (action.needs === 'selection' && selection.isEmpty) return tell(vscode.l10n.t('Select the code to extract.'));
  if (action.id === 'rewrite') instruction = await wish.input.ask();
  if (action.id === 'rewrite' && instruction === undefined) return;
  await runRefactor({ action, editor, selection, instruction: instruction ?? '' }, bench);
}

async function tell(text: string): Promise<void> {
  await vscode.window.showInformationMessage(text);
}

/** What nobody foresaw still has to reach the person; the message of an error holds no content of ours. */
function showUnexpected(error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(vscode.l10n.t('Postern could not finish this: {0}', detail));
}
