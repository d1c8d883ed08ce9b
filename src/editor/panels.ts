import type * as vscode from 'vscode';
import type { Parser } from '../core/syntax/tree.ts';
import { registerChat } from './chat.ts';
import { registerCheckEndpoints, type Secret } from './check-endpoints.ts';
import { registerCommands } from './commands.ts';
import type { Gate } from './gate.ts';
import { registerRefactor } from './refactor.ts';
import { registerSentView } from './sent-view.ts';
import { readSettings } from './settings.ts';
import { registerShowContext } from './show-context.ts';
import { registerWhyView } from './why-view.ts';

export interface PanelRims {
  readonly parser: Parser;
  readonly log: vscode.LogOutputChannel;
  readonly secret: Secret;
  /** The absolute path after every symbolic link. */
  readonly realPath: (path: string) => Promise<string>;
  readonly newId: () => string;
}

/** Everything that a person opens. A chunk of its own, loaded after what typing needs. */
export function registerPanels(
  context: vscode.ExtensionContext,
  gate: Gate,
  { parser, log, secret, realPath, newId }: PanelRims,
): readonly vscode.Disposable[] {
  return [
    registerChat(context, gate, { realPath, keepHistory: () => readSettings().keepHistory, newId }),
    registerRefactor(context, gate, { realPath, parser }),
    registerSentView(gate),
    registerWhyView(gate),
    registerShowContext(gate),
    registerCheckEndpoints(gate, secret),
    registerCommands(context, gate, log),
  ];
}
