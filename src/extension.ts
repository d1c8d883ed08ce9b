import * as vscode from 'vscode';
import { createLocalProvider } from './core/local/local-provider.ts';
import { createNgramModel } from './core/local/ngram.ts';
import { createVault } from './core/redaction/vault.ts';
import { registerCompletionTrouble } from './editor/completion-trouble.ts';
import { registerInlineCompletion } from './editor/inline-completion.ts';
import { openGate } from './editor/open-gate.ts';
import { createReader } from './editor/reading.ts';
import { readSecret, registerSetKey } from './editor/secrets.ts';
import { readSettings } from './editor/settings.ts';
import { registerSnooze } from './editor/snooze.ts';
import { registerStatusBar } from './editor/status-bar.ts';
import { createWorkspaceIndex } from './editor/workspace-index.ts';
import { createAuditFile } from './node/audit-file.ts';
import { createRepositories } from './node/git-remote.ts';
import { lazyTreeSitter } from './node/lazy.ts';
import { createPolicyFile } from './node/policy-file.ts';
import { createProviders, preload } from './node/providers.ts';
import { newId, newKeyedHash } from './node/randomness.ts';
import { realPath } from './node/real-path.ts';

/** The workspace is read, and what the first request needs is loaded, once the editor has had time to show itself. */
const READ_AFTER_MS = 1500;

/** Composes the rims and registers the features: what typing needs at once, the panels right after it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const now = () => performance.now();
  const newVault = () => createVault(newKeyedHash());
  const secret = (name: string) => readSecret(context.secrets, name);
  const log = vscode.window.createOutputChannel('Postern', { log: true });
  const { version } = context.extension.packageJSON as { readonly version: string };
  const audit = createAuditFile({
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'audit').fsPath,
    extension: version,
    now: Date.now,
  });
  const policyFile = createPolicyFile({
    trialPath: () => readSettings().trialPolicy,
    loopback: () => readSettings().loopback,
    person: audit.stamps.actor,
  });
  const ngram = createNgramModel();
  const parser = lazyTreeSitter(vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath, now);
  const policy = () => policyFile.state();
  const reader = createReader({ policy, repositories: createRepositories(now), now });
  const index = createWorkspaceIndex({ policy, reader, parser, ngram, vault: newVault(), log });
  const provider = createProviders({ local: createLocalProvider({ ngram }), secret });
  const gate = openGate({ policyFile, audit, reader, index, provider, newVault, newId, log });
  const snooze = registerSnooze(Date.now);
  const reading = setTimeout(() => {
    void index.restart();
    const state = policyFile.state();
    if (state.ok) void preload(new Set(Object.values(state.active.policy.endpoints).map(({ kind }) => kind)));
  }, READ_AFTER_MS);
  context.subscriptions.push(
    ...[log, gate, index, policyFile, snooze],
    { dispose: () => clearTimeout(reading) },
    { dispose: () => void audit.dispose() },
    vscode.workspace.onDidChangeConfiguration((it) => it.affectsConfiguration('postern') && policyFile.reload()),
    policyFile.onDidChange(() => void index.restart()),
    registerStatusBar(gate, snooze),
    registerInlineCompletion(gate, snooze),
    registerCompletionTrouble(gate, Date.now),
    registerSetKey(context, gate),
  );
  const { registerPanels } = await import('./editor/panels.ts');
  context.subscriptions.push(...registerPanels(context, gate, { parser, log, secret, realPath, newId }));
}
