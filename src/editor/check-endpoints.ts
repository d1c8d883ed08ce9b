import * as vscode from 'vscode';
import type { Policy } from '../core/policy/schema.ts';
import { checkEndpoint } from '../node/check-endpoint.ts';
import { signalOf } from './cancellation.ts';
import type { Gate } from './gate.ts';

export type Secret = (name: string) => Promise<string | undefined>;

interface Row extends vscode.QuickPickItem {
  readonly run?: string;
}

/** `Postern: Check Endpoints`: asks each endpoint of the policy whether it can answer, without sending any code. */
export function registerCheckEndpoints(gate: Gate, secret: Secret): vscode.Disposable {
  return vscode.commands.registerCommand('postern.checkEndpoint', async () => {
    const state = gate.policy();
    if (!state.ok) {
      await vscode.window.showErrorMessage(state.refusal.reason);
      return;
    }
    const { policy } = state.active;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking endpoints'),
      cancellable: true,
    };
    const rows = await vscode.window.withProgress(options, (_progress, token) =>
      Promise.all(Object.keys(policy.endpoints).map((id) => rowFor(id, policy, { secret, signal: signalOf(token) }))),
    );
    const picked = await vscode.window.showQuickPick(rows, {
      title: vscode.l10n.t('Endpoints of the policy'),
      placeHolder: vscode.l10n.t('Nothing of your code was sent'),
    });
    if (picked?.run) await vscode.commands.executeCommand(picked.run);
  });
}

async function rowFor(
  id: string,
  policy: Policy,
  { secret, signal }: { readonly secret: Secret; readonly signal: AbortSignal },
): Promise<Row> {
  const endpoint = policy.endpoints[id];
  if (!endpoint) return { label: id };
  const expected = Object.values(policy.models).flatMap((model) =>
    model.endpoint === id && model.name !== undefined ? [model.name] : [],
  );
  const name = 'auth' in endpoint && endpoint.auth && 'secret' in endpoint.auth ? endpoint.auth.secret : undefined;
  const apiKey = async () => (name === undefined ? undefined : secret(name));
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const { ok, says } = await checkEndpoint(endpoint, { expected, apiKey }, timeout);
  return {
    label: `${ok ? '$(pass)' : '$(error)'} ${id}`,
    description: `${endpoint.kind} · ${endpoint.boundary}`,
    detail: says,
    ...(ok ? {} : { run: says.includes('Set Endpoint Key') ? 'postern.setKey' : 'postern.showLog' }),
  };
}
