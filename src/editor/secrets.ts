import * as vscode from 'vscode';
import type { Gate } from './gate.ts';

const storageKey = (name: string): string => `postern.secret.${name}`;

/** Reads the key of an endpoint by the name that policy gives it. Keys live in SecretStorage and nowhere else. */
export const readSecret = async (storage: vscode.SecretStorage, name: string): Promise<string | undefined> =>
  storage.get(storageKey(name));

/** `Postern: Set Endpoint Key`. */
export function registerSetKey(context: vscode.ExtensionContext, gate: Gate): vscode.Disposable {
  return vscode.commands.registerCommand('postern.setKey', async (wanted?: string) => {
    const names = secretNames(gate);
    if (names.length === 0) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('The policy in force names no endpoint that needs a key.'),
      );
      return;
    }
    const name =
      wanted && names.includes(wanted)
        ? wanted
        : await vscode.window.showQuickPick(names, { title: vscode.l10n.t('Key of which endpoint?') });
    if (!name) return;
    const value = await vscode.window.showInputBox({
      title: vscode.l10n.t('Key for {0}', name),
      prompt: vscode.l10n.t('Stored in the secret storage of VS Code, never in settings. Empty removes it.'),
      password: true,
      ignoreFocusOut: true,
    });
    if (value === undefined) return;
    await (value === ''
      ? context.secrets.delete(storageKey(name))
      : context.secrets.store(storageKey(name), value.trim()));
    vscode.window.setStatusBarMessage(value === '' ? vscode.l10n.t('Key removed') : vscode.l10n.t('Key stored'), 3000);
  });
}

function secretNames(gate: Gate): string[] {
  const state = gate.policy();
  if (!state.ok) return [];
  const names = Object.values(state.active.policy.endpoints).flatMap((endpoint) =>
    'auth' in endpoint && endpoint.auth && 'secret' in endpoint.auth ? [endpoint.auth.secret] : [],
  );
  return [...new Set(names)].sort();
}
