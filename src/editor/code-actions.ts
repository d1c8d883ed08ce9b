import * as vscode from 'vscode';
import { excluded } from '../core/policy/classify.ts';
import { decide } from '../core/policy/decide.ts';
import type { ActivePolicy } from '../core/policy/decision.ts';
import { dataClasses } from '../core/policy/schema.ts';
import { type RefactorAction, type RefactorId, refactorActions } from '../core/refactor/kinds.ts';
import type { Gate } from './gate.ts';
import { testUriFor } from './refactor-tests.ts';

/** The command behind each action. It takes a range and, to fix a problem, the problem's words. */
export const refactorCommands: Readonly<Record<RefactorId, string>> = {
  fix: 'postern.fix',
  rewrite: 'postern.rewrite',
  extract: 'postern.extract',
  document: 'postern.document',
  tests: 'postern.writeTests',
};

/** Offers the actions where they make sense. Decides by policy alone; nothing is read before one is chosen. */
export function registerCodeActions(gate: Gate): vscode.Disposable {
  // A selector of only a star scores below every language server's, so that their actions come first.
  return vscode.languages.registerCodeActionsProvider('*', createProvider(gate), {
    providedCodeActionKinds: [...new Set(Object.values(refactorActions).map(({ kind }) => kind))].map(kindOf),
  });
}

const kindOf = (kind: RefactorAction['kind']): vscode.CodeActionKind =>
  kind.split('.').reduce((parent, part) => parent.append(part), vscode.CodeActionKind.Empty);

/** Documents that a person writes and saves. */
const schemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs']);

export const isRefactorable = (document: vscode.TextDocument): boolean => schemes.has(document.uri.scheme);

function createProvider(gate: Gate): vscode.CodeActionProvider {
  let known: { readonly hash: string; readonly routed: boolean } | undefined;
  const routed = (active: ActivePolicy): boolean => {
    if (known?.hash !== active.hash) known = { hash: active.hash, routed: anyRoute(active) };
    return known.routed;
  };
  return {
    provideCodeActions(document, range, context) {
      const state = gate.policy();
      if (!isRefactorable(document) || !state.ok || !routed(state.active)) return [];
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
    command: refactorCommands[action.id],
    arguments: [place, ...(problem ? [problemWords(problem)] : [])],
  };
  return code;
}

export const plain = ({ start, end }: vscode.Range): vscode.Range => new vscode.Range(start, end);

export const mostSevere = (problems: readonly vscode.Diagnostic[]): vscode.Diagnostic | undefined =>
  problems.toSorted((a, b) => a.severity - b.severity)[0];

export const problemWords = ({ message, source }: vscode.Diagnostic): string =>
  `Problem${source ? ` (${source})` : ''}: ${message}`;
