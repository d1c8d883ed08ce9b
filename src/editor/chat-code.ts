import * as vscode from 'vscode';
import { codeBlocksOf } from '../core/chat/markdown.ts';
import { withoutInvisible } from '../core/chat/visible.ts';
import { restore } from '../core/redaction/restore.ts';
import type { ChatEdits } from './chat-apply.ts';
import { fileNamed } from './chat-places.ts';
import type { ChatSession } from './chat-session.ts';

/** A code block of an answer, named by its turn and its number. */
export interface CodeRef {
  readonly turn: string;
  readonly number: number;
}

/** What the buttons over a code block do. The view only names the block: its text comes from the conversation. */
export async function runCodeAction(
  action: 'copy' | 'insert' | 'apply',
  ref: CodeRef,
  { session, edits }: { readonly session: ChatSession; readonly edits: ChatEdits },
): Promise<void> {
  const turn = session.turn(ref.turn);
  const block = turn && codeBlocksOf(turn.answer.text)[ref.number];
  if (!turn || !block) return;
  const code = withoutInvisible(block.text);
  if (action === 'copy') {
    await vscode.env.clipboard.writeText(restore(code, session.vault, 'display'));
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const uri = action === 'apply' ? await targetOf(ref, block.path, session) : editor?.document.uri;
  if (!uri) {
    // Without a file there is nothing that a placeholder could be put back into.
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: code }));
    return;
  }
  const forFile = restore(code, session.vault, { uri: uri.toString() });
  const done =
    action === 'apply'
      ? await edits.apply({ uri, code: forFile, language: block.language })
      : editor !== undefined && (await edits.insert(editor, forFile));
  if (done) session.note(ref.turn, 'accepted');
}

/** The file that the block names, else the one that was attached, else the one in front. */
async function targetOf(ref: CodeRef, path: string | undefined, session: ChatSession): Promise<vscode.Uri | undefined> {
  if (path !== undefined) {
    const shown = restore(path, session.vault, 'display');
    return session.uriOf(ref.turn, path) ?? (await fileNamed(shown));
  }
  const attached = session.turn(ref.turn)?.attachments.find((one) => one.refused === undefined);
  return attached ? vscode.Uri.parse(attached.uri) : vscode.window.activeTextEditor?.document.uri;
}
