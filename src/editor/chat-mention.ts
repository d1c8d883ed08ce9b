import * as vscode from 'vscode';
import type { Wanted } from './chat-attachments.ts';

const FILES_MAX = 2000;

interface Choice extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
  readonly part?: Wanted['part'];
}

/** Lets the person pick a file, or the problems of the one in front. Undefined when they do not. */
export async function pickMention(): Promise<{ readonly uri: vscode.Uri; readonly part: Wanted['part'] } | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  try {
    const chosen = await vscode.window.showQuickPick<Choice>(choices(cancellation.token), {
      placeHolder: vscode.l10n.t('Attach to the question'),
      matchOnDescription: true,
    });
    return chosen?.uri && chosen.part ? { uri: chosen.uri, part: chosen.part } : undefined;
  } finally {
    cancellation.cancel();
    cancellation.dispose();
  }
}

async function choices(token: vscode.CancellationToken): Promise<readonly Choice[]> {
  const open = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [tab.input.uri] : []));
  const found = await vscode.workspace.findFiles('**/*', undefined, FILES_MAX, token);
  const known = new Set(open.map(String));
  const others = found.filter((uri) => !known.has(uri.toString())).sort((a, b) => (a.path < b.path ? -1 : 1));
  return [
    ...problemsChoice(),
    ...(open.length > 0 ? [separator(vscode.l10n.t('open'))] : []),
    ...[...new Map(open.map((uri) => [uri.toString(), uri])).values()].map(fileChoice),
    separator(vscode.l10n.t('files')),
    ...others.map(fileChoice),
  ];
}

function problemsChoice(): readonly Choice[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (!uri || vscode.languages.getDiagnostics(uri).length === 0) return [];
  const label = vscode.l10n.t('Problems in {0}', nameOf(uri));
  return [{ label, iconPath: new vscode.ThemeIcon('warning'), uri, part: 'problems' }];
}

function fileChoice(uri: vscode.Uri): Choice {
  const path = vscode.workspace.asRelativePath(uri);
  return {
    label: nameOf(uri),
    description: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '',
    iconPath: vscode.ThemeIcon.File,
    resourceUri: uri,
    uri,
    part: 'text',
  };
}

const nameOf = (uri: vscode.Uri): string => uri.path.split('/').at(-1) ?? uri.path;

const separator = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
