import * as vscode from 'vscode';
import { excluded } from '../core/policy/classify.ts';
import { decide } from '../core/policy/decide.ts';
import type { ActivePolicy } from '../core/policy/decision.ts';
import { dataClasses } from '../core/policy/schema.ts';
import { type RefactorAction, type RefactorId, refactorActions } from '../core/refactor/kinds.ts';
import type { Gate } from './gate.ts';
import type { ApplyRims } from './refactor-apply.ts';
import { createInstructionInput, type InstructionInput } from './refactor-instruction.ts';
import { createProgress } from './refactor-progress.ts';
import { registerReviewCommands } from './refactor-review-commands.ts';
import { Reviews } from './refactor-reviews.ts';
import { runRefactor, type Workbench } from './refactor-run.ts';
import { testUriFor } from './refactor-tests.ts';
import type { SyntaxRim } from './refactor-verification.ts';
import { createVirtualTexts } from './virtual-texts.ts';

/** What refactoring needs from the machine. */
export interface RefactorRims extends ApplyRims, SyntaxRim {}

export const ORIGINAL_SCHEME = 'postern-original';

const commandOf: Readonly<Record<RefactorId, string>> = {
  fix: 'postern.fix',
  rewrite: 'postern.rewrite',
  extract: 'postern.extract',
  document: 'postern.document',
  tests: 'postern.writeTests',
};

/** Code actions, the commands behind them, and the review of what they propose. */
export function registerRefactor(context: vscode.ExtensionContext, gate: Gate, rims: RefactorRims): vscode.Disposable {
  const texts = createVirtualTexts(ORIGINAL_SCHEME);
  const reviews = new Reviews(gate, rims);
  const progress = createProgress(context);
  const input = createInstructionInput();
  const bench: Workbench = { gate, reviews, progress, texts, rims };
  const commands = Object.values(refactorActions).map((action) =>
    vscode.commands.registerCommand(commandOf[action.id], (range?: unknown, problem?: unknown) => {
      const where = range instanceof vscode.Range ? range : undefined;
      const instruction = typeof problem === 'string' ? problem : undefined;
      void start(action, { range: where, instruction, input }, bench).catch(showUnexpected);
    }),
  );
  const registered = vscode.Disposable.from(
    texts,
    reviews,
    progress,
    registerReviewCommands(reviews, texts),
    ...commands,
    // A selector of only a star scores below every language server's, so that their actions come first.
    vscode.languages.registerCodeActionsProvider('*', createProvider(gate), {
      providedCodeActionKinds: [...new Set(Object.values(refactorActions).map(({ kind }) => kind))].map(kindOf),
    }),
  );
  context.subscriptions.push(registered);
  return registered;
}

const kindOf = (kind: RefactorAction['kind']): vscode.CodeActionKind =>
  kind.split('.').reduce((parent, part) => parent.append(part), vscode.CodeActionKind.Empty);

/** Documents that a person writes and saves. */
const schemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs']);

function createProvider(gate: Gate): vscode.CodeActionProvider {
  let known: { readonly hash: string; readonly routed: boolean } | undefined;
  const routed = (active: ActivePolicy): boolean => {
    if (known?.hash !== active.hash) known = { hash: active.hash, routed: anyRoute(active) };
    return known.routed;
  };
  return {
    provideCodeActions(document, range, context) {
      const state = gate.policy();
      if (!schemes.has(document.uri.scheme) || !state.ok || !routed(state.active)) return [];
      const path = vscode.workspace.asRelativePath(document.uri, false);
      if (excluded(state.active.policy, { path, uri: document.uri.toString() })) return [];
      return Object.values(refactorActions)
        .filter((action) => wanted(action, context) && fits(action, document, { range, context }))
        .map((action) => codeActionOf(action, range, context));
    },
  };
}

/** Whether any model at all may refactor code of any class. The gate decides about a file when it is asked. */
const anyRoute = (active: ActivePolicy): boolean =>
  dataClasses.some(
    (dataClass) => decide(active, { task: 'refactor', class: dataClass, now: Date.now() }).kind === 'decision',
  );

const wanted = ({ kind }: RefactorAction, { only }: vscode.CodeActionContext): boolean =>
  only === undefined || only.contains(kindOf(kind));

/** Unasked, only problems and selections get actions: a light bulb on every line would be noise. */
function fits(
  action: RefactorAction,
  document: vscode.TextDocument,
  at: { readonly range: vscode.Range; readonly context: vscode.CodeActionContext },
): boolean {
  const { range, context } = at;
  if (action.needs === 'problem') return context.diagnostics.length > 0;
  const selected = !range.isEmpty && document.getText(range).trim() !== '';
  if (action.needs === 'selection') return selected;
  if (action.answer === 'tests' && !testUriFor(document.uri)) return false;
  const asked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
  return selected || (asked && !document.lineAt(range.start.line).isEmptyOrWhitespace);
}

function codeActionOf(
  action: RefactorAction,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): vscode.CodeAction {
  const title = vscode.l10n.t(action.title);
  const code = new vscode.CodeAction(title, kindOf(action.kind));
  const problem = action.needs === 'problem' ? mostSevere(context.diagnostics) : undefined;
  if (problem) code.diagnostics = [problem];
  // A problem's place is where its range begins: the lines to change are those of the code around it.
  const place = problem ? new vscode.Range(problem.range.start, problem.range.start) : plain(range);
  code.command = {
    title,
    command: commandOf[action.id],
    arguments: [place, ...(problem ? [problemWords(problem)] : [])],
  };
  return code;
}

const plain = ({ start, end }: vscode.Range): vscode.Range => new vscode.Range(start, end);

const mostSevere = (problems: readonly vscode.Diagnostic[]): vscode.Diagnostic | undefined =>
  problems.toSorted((a, b) => a.severity - b.severity)[0];

const problemWords = ({ message, source, range }: vscode.Diagnostic): string =>
  `Problem at line ${range.start.line + 1}${source ? ` (${source})` : ''}: ${message}`;

interface Wish {
  readonly range: vscode.Range | undefined;
  /** The problem's words, from a code action. */
  readonly instruction: string | undefined;
  readonly input: InstructionInput;
}

/** Fills in from the active editor what the command was not told. */
async function start(action: RefactorAction, wish: Wish, bench: Workbench): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !schemes.has(editor.document.uri.scheme)) return tell(vscode.l10n.t('Open a file first.'));
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
