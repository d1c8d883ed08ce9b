import * as vscode from 'vscode';
import { toggleLanguage } from './completable.ts';
import { diagnosticsText } from './diagnostics.ts';
import type { Gate } from './gate.ts';

/** Commands that need no feature of their own. */
export function registerCommands(
  context: vscode.ExtensionContext,
  gate: Gate,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register('postern.toggleLanguage', toggleLanguage),
    register('postern.showLog', () => log.show()),
    register('postern.showPolicy', () => showPolicy(gate)),
    register('postern.copyDiagnostics', async () => {
      await vscode.env.clipboard.writeText(diagnosticsText(context, gate));
      vscode.window.setStatusBarMessage(vscode.l10n.t('Diagnostics copied, without content'), 3000);
    }),
    register('postern.openWalkthrough', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
    ),
    register('postern.trySample', trySample),
  );
}

/** The policy in force as a read-only document; when it cannot be used, why. */
async function showPolicy(gate: Gate): Promise<void> {
  const state = gate.policy();
  if (!state.ok) {
    await vscode.window.showErrorMessage(state.refusal.reason);
    return;
  }
  const { policy, origin, hash } = state.active;
  const content = `// ${origin} policy, SHA-256 ${hash}\n${JSON.stringify(policy, null, 2)}\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'jsonc', content });
  await vscode.window.showTextDocument(document, { preview: true });
}

const SAMPLE = `// Type the third function: start with "export function sumOf" and wait a moment for the grey text.
export interface Row {
  readonly name: string;
  readonly amount: number;
}

export function largestOf(rows: readonly Row[]): number {
  let largest = 0;
  for (const row of rows) {
    largest = Math.max(largest, row.amount);
  }
  return largest;
}

export function smallestOf(rows: readonly Row[]): number {
  let smallest = 0;
  for (const row of rows) {
    smallest = Math.min(smallest, row.amount);
  }
  return smallest;
}

`;

async function trySample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: SAMPLE });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
}
