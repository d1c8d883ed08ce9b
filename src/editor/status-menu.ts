import * as vscode from 'vscode';
import type { Status } from '../core/status/status.ts';
import { countWords, type FrontFile } from './front-file.ts';

interface MenuFacts {
  readonly status: Status;
  readonly front: FrontFile;
  readonly usage: { readonly tokens: number };
  readonly snoozed: boolean;
}

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: string;
}

/** The status item's menu: the same facts as its tooltip, and what can be done. */
export async function showMenu(facts: MenuFacts): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(facts), {
    title: 'Postern',
    placeHolder: facts.status.explanation,
  });
  if (picked?.run) await vscode.commands.executeCommand(picked.run);
}

function menuItems({ status, front, usage, snoozed }: MenuFacts): MenuItem[] {
  const t = vscode.l10n.t;
  const separator = (label: string): MenuItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const { class: dataClass } = front;
  return [
    separator(t('now')),
    { label: `$(shield) ${status.text}`, description: status.explanation, run: 'postern.why' },
    ...(dataClass
      ? [{ label: `$(law) ${t('This file is {0}', dataClass)}`, description: front.why ?? '', run: 'postern.why' }]
      : []),
    ...(dataClass
      ? [
          {
            label: `$(eye-closed) ${t('Replaced in this file: {0}', countWords(front.findings))}`,
            run: 'postern.showWouldSend',
          },
        ]
      : []),
    { label: `$(graph) ${t('{0} tokens today', usage.tokens.toLocaleString())}`, run: 'postern.showSent' },
    separator(t('do')),
    { label: `$(comment-discussion) ${t('Open Chat')}`, run: 'postern.chat.focus' },
    { label: `$(eye) ${t('Show What Was Sent')}`, run: 'postern.showSent' },
    { label: `$(list-tree) ${t('Why Did This Go There?')}`, run: 'postern.why' },
    { label: `$(plug) ${t('Check Endpoints')}`, run: 'postern.checkEndpoint' },
    snoozed
      ? { label: `$(bell) ${t('End Snooze')}`, run: 'postern.wake' }
      : { label: `$(bell-slash) ${t('Snooze Completions')}`, run: 'postern.snooze' },
    { label: `$(symbol-misc) ${t('Switch Completions On or Off for This Language')}`, run: 'postern.toggleLanguage' },
    { label: `$(key) ${t('Set Endpoint Key')}`, run: 'postern.setKey' },
    { label: `$(output) ${t('Show Log')}`, run: 'postern.showLog' },
  ];
}
