import * as vscode from 'vscode';
import type { Gate } from './gate.ts';
import { readSettings } from './settings.ts';

/** What a person can paste into a report: versions, states and names from the policy; no paths, no content, no keys. */
export function diagnosticsText(context: vscode.ExtensionContext, gate: Gate): string {
  const { version } = context.extension.packageJSON as { readonly version: string };
  const settings = readSettings();
  return [
    `Postern ${version}`,
    `VS Code ${vscode.version}, ${vscode.env.appHost}${vscode.env.remoteName ? ', remote' : ''}`,
    `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `completion ${settings.completion ? 'on' : 'off'}, loopback ${settings.loopback ? 'set' : 'not set'}, trial policy ${settings.trialPolicy ? 'set' : 'not set'}`,
    ...policyLines(gate),
    '',
  ].join('\n');
}

function policyLines(gate: Gate): readonly string[] {
  const state = gate.policy();
  if (!state.ok) return [`policy not in force: ${state.refusal.code}`];
  const { policy, origin, hash } = state.active;
  const endpoints = Object.entries(policy.endpoints).map(([id, { kind, boundary }]) => `  ${id}: ${kind}, ${boundary}`);
  const models = Object.entries(policy.models).map(
    ([id, { endpoint, fim, tasks }]) => `  ${id}: at ${endpoint}, ${tasks.join(' ')}${fim ? `, fim ${fim}` : ''}`,
  );
  return [
    `policy ${origin}, version ${policy.version}, expires ${policy.expires ?? 'never'}, ${hash.slice(0, 12)}`,
    'endpoints:',
    ...endpoints,
    'models:',
    ...models,
  ];
}
