import * as vscode from 'vscode';
import type { Refusal } from '../core/policy/decision.ts';
import type { Endpoint } from '../core/policy/schema.ts';
import { type ErrorActionId, errorMessage, signInCommand } from '../core/provider/error-message.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';
import type { AnswerProblem } from '../core/refactor/answer.ts';

/** What the person is told when a refactoring comes to nothing: what happened, what it means, what to do next. */

export async function showRefusal(refusal: Refusal): Promise<false> {
  const why = vscode.l10n.t('Why?');
  const picked = await vscode.window.showWarningMessage(vscode.l10n.t('Not sent: {0}', refusal.reason), why);
  if (picked === why) await vscode.commands.executeCommand('postern.why', refusal);
  return false;
}

/**
 * Resolves to true when the person wants it tried again. `endpoint` is the one that failed; `localServes` says that the
 * local engine stands in for it.
 */
export async function showProviderError(
  error: ProviderError,
  endpoint: Endpoint | undefined,
  localServes = false,
): Promise<boolean> {
  const { message, actions } = errorMessage(error, { localServes, ...(endpoint ? { endpoint } : {}) });
  const titles = actions.map(({ title }) => vscode.l10n.t(title));
  const picked = await vscode.window.showErrorMessage(message, ...titles);
  const action = picked === undefined ? undefined : actions[titles.indexOf(picked)]?.id;
  if (action === undefined || action === 'retry') return action === 'retry';
  if (action === 'copy-sign-in') await vscode.env.clipboard.writeText(signInCommand(endpoint) ?? '');
  else await vscode.commands.executeCommand(commandOf[action]);
  return false;
}

const commandOf: Readonly<Record<Exclude<ErrorActionId, 'retry' | 'copy-sign-in'>, string>> = {
  'check-endpoint': 'postern.checkEndpoint',
  'set-key': 'postern.setKey',
  details: 'postern.showLog',
  why: 'postern.why',
};

/** Resolves to true when the person wants it tried again. */
export async function showAnswerProblem(problem: AnswerProblem): Promise<boolean> {
  const text = vscode.l10n.t(problemWords[problem]);
  if (problem === 'unchanged') {
    await vscode.window.showInformationMessage(text);
    return false;
  }
  const again = vscode.l10n.t('Try Again');
  return (await vscode.window.showWarningMessage(text, again)) === again;
}

const problemWords: Readonly<Record<AnswerProblem, string>> = {
  empty: 'The model answered with no code. Nothing was changed.',
  'no-code': 'The model answered in words instead of code. Nothing was changed. Ask in the chat to read its answer.',
  unchanged: 'The model sees nothing to change here.',
  cut: "Cut at the model's limit. Nothing was changed: half an answer would lose code. Select less and try again.",
};

/** `words` are the guardrail's own. */
export async function showGuardrail(words: string): Promise<false> {
  const why = vscode.l10n.t('Why?');
  const text = vscode.l10n.t("Blocked by your company's guardrail: {0}", words.trim());
  if ((await vscode.window.showWarningMessage(text, why)) === why) await vscode.commands.executeCommand('postern.why');
  return false;
}

export async function showTooLarge(): Promise<false> {
  const text = 'Not sent: this code is longer than any model that may read it can rewrite at once. Select less of it.';
  await vscode.window.showWarningMessage(vscode.l10n.t(text));
  return false;
}
