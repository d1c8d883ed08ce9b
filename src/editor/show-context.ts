import * as vscode from 'vscode';
import type { Section } from '../core/context/section.ts';
import { isCompletable } from './completable.ts';
import type { Gate } from './gate.ts';
import { createVirtualTexts } from './virtual-texts.ts';

const SCHEME = 'postern-context';

/** `Postern: Show Context`: what else a completion at the cursor would show the model, with the reason for each piece. */
export function registerShowContext(gate: Gate): vscode.Disposable {
  const texts = createVirtualTexts(SCHEME);
  const command = vscode.commands.registerCommand('postern.showContext', async () => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !isCompletable(editor.document)) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('Open a file first: context belongs to a place in code.'),
      );
      return;
    }
    const vault = gate.newVault();
    const read = await gate.read(editor.document, 'completion', vault);
    if ('kind' in read) {
      await vscode.window.showWarningMessage(read.reason);
      return;
    }
    const offset = read.offsetOf(editor.document.offsetAt(editor.selection.active)) ?? 0;
    const query = { task: 'completion', vault } as const;
    const sections = await gate.gather(read, offset, query, new AbortController().signal);
    const name = read.path.text.split('/').at(-1) ?? '';
    const uri = texts.put(`${vscode.l10n.t('Context of {0}', name)}.md`, pageOf(sections));
    await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  });
  return vscode.Disposable.from(texts, command);
}

function pageOf(sections: readonly Section[]): string {
  if (sections.length === 0)
    return vscode.l10n.t(
      'Nothing else would be shown: no other file of the workspace helps here, or it is still being read.',
    );
  const size = sections.reduce((sum, { text }) => sum + text.length, 0);
  const head = vscode.l10n.t('{0} pieces, {1} characters, most useful first', sections.length, size.toLocaleString());
  return [`# ${head}`, ...sections.map(pieceOf)].join('\n\n');
}

function pieceOf({ kind, path, text, line, score, why }: Section, index: number): string {
  const place = line === undefined ? path.text : `${path.text}:${line + 1}`;
  return `## ${index + 1}. ${place}\n\n${kind}, ${why} (${score.toFixed(2)})\n\n\`\`\`\n${text.text}\n\`\`\``;
}
