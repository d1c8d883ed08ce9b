import * as vscode from 'vscode';
import type { Snapshot } from '../core/document/snapshot.ts';

/** The document as it is now. */
export function snapshotOf(document: vscode.TextDocument): Snapshot {
  return {
    ...place(document.uri),
    languageId: document.languageId,
    version: document.version,
    text: document.getText(),
  };
}

/** Files larger than this are not read from disk at all. Bytes. */
const MOST_BYTES = 2_000_000;

/**
 * A file from disk, unless an editor has it open with newer text. Undefined when it is gone, too large or not UTF-8;
 * those have nothing to offer as context.
 */
export async function snapshotOfFile(uri: vscode.Uri, languageId: string): Promise<Snapshot | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return snapshotOf(open);
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if (stat.size > MOST_BYTES) return undefined;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
    return { ...place(uri), languageId, version: stat.mtime, text };
  } catch {
    // gone, unreadable or not text: there is nothing to tell the person about a file they did not ask for
    return undefined;
  }
}

function place(uri: vscode.Uri): Pick<Snapshot, 'uri' | 'path' | 'folder'> {
  // A cell of a notebook has the path of its notebook, but VS Code knows no folder for it.
  const isCell = uri.scheme === 'vscode-notebook-cell';
  const folder = vscode.workspace.getWorkspaceFolder(isCell ? uri.with({ scheme: 'file', fragment: '' }) : uri);
  const path = folder ? uri.path.slice(folder.uri.path.length).replace(/^\//, '') : (uri.path.split('/').at(-1) ?? '');
  return { uri: uri.toString(), path, folder: folder?.uri.toString() };
}
