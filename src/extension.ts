import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createLocalProvider } from './core/local/local-provider.ts';
import { createNgramModel } from './core/local/ngram.ts';
import { createVault } from './core/redaction/vault.ts';
import { registerChat } from './editor/chat.ts';
import { registerCheckEndpoints } from './editor/check-endpoints.ts';
import { registerRefactor } from './editor/refactor.ts';
import { registerCommands } from './editor/commands.ts';
import { registerCompletionTrouble } from './editor/completion-trouble.ts';
import { registerInlineCompletion } from './editor/inline-completion.ts';
import { openGate } from './editor/open-gate.ts';
import { createReader } from './editor/reading.ts';
import { readSecret, registerSetKey } from './editor/secrets.ts';
import { registerSentView } from './editor/sent-view.ts';
import { readSettings } from './editor/settings.ts';
import { registerShowContext } from './editor/show-context.ts';
import { registerSnooze } from './editor/snooze.ts';
import { registerStatusBar } from './editor/status-bar.ts';
import { registerWhyView } from './editor/why-view.ts';
import { createWorkspaceIndex } from './editor/workspace-index.ts';
import { createAuditFile } from './node/audit-file.ts';
import { createRepositories } from './node/git-remote.ts';
import { lazyTreeSitter } from './node/lazy.ts';
import { createPolicyFile } from './node/policy-file.ts';
import { createProviders } from './node/providers.ts';
import { realPath } from './node/real-path.ts';

/** Composes the rims and registers the features. Whatever is large loads later, when it is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  const started = performance.now();
  const now = () => performance.now();
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
  const newVault = () => {
    const key = randomBytes(32);
    return createVault((text) => createHmac('sha256', key).update(text).digest('hex'));
  };
  const ngram = createNgramModel();
  const parser = lazyTreeSitter(vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath, now);
  const reader = createReader({ policy: () => policyFile.state(), repositories: createRepositories(now), now });
  const index = createWorkspaceIndex({ reader, parser, ngram, vault: newVault(), log });
  const secret = (name: string) => readSecret(context.secrets, name);
  const provider = createProviders({ local: createLocalProvider({ ngram }), secret });
  const gate = openGate({ policyFile, audit, reader, index, provider, newVault, newId: randomUUID, log });
  const snooze = registerSnooze(Date.now);

  context.subscriptions.push(
    log,
    gate,
    index,
    policyFile,
    { dispose: () => void audit.dispose() },
    snooze,
    vscode.workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration('postern') && policyFile.reload(),
    ),
    policyFile.onDidChange(() => index.restart()),
    registerStatusBar(gate, snooze),
    registerInlineCompletion(gate, snooze),
    registerCompletionTrouble(gate, Date.now),
    registerSetKey(context, gate),
    registerCheckEndpoints(gate, secret),
    registerShowContext(gate),
    registerCommands(context, gate, log),
    registerChat(context, gate, { realPath, keepHistory: () => readSettings().keepHistory, newId: randomUUID }),
    registerRefactor(context, gate, { realPath, parser }),
    registerSentView(gate),
    registerWhyView(gate),
  );
  // The workspace is read once the editor has had time to show itself.
  const later = setTimeout(() => index.restart(), 1500);
  context.subscriptions.push({ dispose: () => clearTimeout(later) });
  log.info(`activated in ${Math.round(performance.now() - started)} ms`);
}
