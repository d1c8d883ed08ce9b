import * as vscode from 'vscode';
import { type Control, controlOf, isNeverEdited } from '../core/refactor/control-files.ts';
import { fitted } from '../core/refactor/fit.ts';
import { edited, editOf, type Hunk, type LineEdit, linesOf } from '../core/refactor/hunks.ts';
import { isInside, pathInside } from '../core/refactor/inside.ts';
import { textEditOf } from '../core/refactor/text-edit.ts';
import type { VirtualTexts } from './virtual-texts.ts';

/** What applying needs to know about the machine. */
export interface ApplyRims {
  /** The absolute path after every symbolic link; rejects when that cannot be said. */
  realPath(path: string): Promise<string>;
}

/** A file that may be edited, with what it controls; or why it may not, as one sentence. */
export type EditTarget =
  | { readonly ok: true; readonly control: Control | undefined }
  | { readonly ok: false; readonly reason: string };

/** Looks at a file before it is written: links are followed, and the file at their end counts as well as its name. */
export async function editTargetOf(uri: vscode.Uri, rims: ApplyRims): Promise<EditTarget> {
  if (uri.scheme === 'untitled') return { ok: true, control: undefined };
  const name = vscode.workspace.asRelativePath(uri);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const outside = vscode.l10n.t('{0} lies outside this workspace; Postern edits only files inside it.', name);
  if (!folder) return { ok: false, reason: outside };
  let real = { file: uri.path, folder: folder.uri.path };
  if (uri.scheme === 'file') {
    try {
      real = { file: await rims.realPath(uri.fsPath), folder: await rims.realPath(folder.uri.fsPath) };
    } catch {
      // a path that cannot be followed to its end counts as one that leads outside
      return { ok: false, reason: outside };
    }
  }
  if (!isInside(real.file, real.folder)) return { ok: false, reason: outside };
  if (isNeverEdited(uri.path) || isNeverEdited(real.file)) {
    const reason = vscode.l10n.t("{0} belongs to git itself; Postern never edits git's files.", name);
    return { ok: false, reason };
  }
  const named = controlOf(pathInside(uri.path, folder.uri.path));
  return { ok: true, control: named ?? controlOf(pathInside(real.file, real.folder)) };
}

/**
 * For a file that decides what runs: shows the whole change and asks. True for every other file. Not part of any "apply all":
 * each such file is asked for by itself.
 */
export async function confirmControlFile(
  uri: vscode.Uri,
  control: Control | undefined,
  change: { readonly original: string; readonly proposed: string },
  texts: VirtualTexts,
): Promise<boolean> {
  if (control === undefined) return true;
  const name = vscode.workspace.asRelativePath(uri);
  await showChange(name, change, texts);
  const apply = vscode.l10n.t('Apply This Change');
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} decides what {1}. Read the change before you apply it.', name, vscode.l10n.t(decides[control])),
    apply,
    vscode.l10n.t('Discard'),
  );
  return picked === apply;
}

const decides: Readonly<Record<Control, string>> = {
  editor: 'this editor runs',
  git: 'git runs',
  ci: 'your build servers run',
  packages: 'is installed and which scripts run',
  container: 'runs in a container',
  shell: 'shells and tools run on their own',
  build: 'a build runs',
  assistant: 'coding assistants are told and may run',
};

/** The hunks that still fit the document, after asking when some do not; undefined to discard. */
export async function applicableHunks(
  document: vscode.TextDocument,
  hunks: readonly Hunk[],
  asked: { readonly text: string; readonly texts: VirtualTexts },
): Promise<readonly Hunk[] | undefined> {
  if (document.getText() === asked.text) return hunks;
  for (;;) {
    const { fits, misses } = fitted(hunks, document.getText());
    if (misses.length === 0) return fits;
    const apply = vscode.l10n.t('Apply {0}', fits.length);
    const all = vscode.l10n.t('Show All');
    const picked = await vscode.window.showWarningMessage(
      vscode.l10n.t('The file changed since the question; {0} of {1} edits fit.', fits.length, hunks.length),
      ...(fits.length > 0 ? [apply] : []),
      all,
      vscode.l10n.t('Discard'),
    );
    // the file may have changed again while the question stood there
    if (picked === apply) return fitted(fits, document.getText()).fits;
    if (picked !== all) return undefined;
    const proposed = edited(linesOf(asked.text), hunks.map(editOf)).join('\n');
    const name = vscode.workspace.asRelativePath(document.uri);
    await showChange(name, { original: asked.text, proposed }, asked.texts);
  }
}

/** Applies edits of lines, in order and not overlapping, as one step that one undo takes back. */
export async function applyLineEdits(document: vscode.TextDocument, edits: readonly LineEdit[]): Promise<boolean> {
  if (edits.length === 0) return true;
  const lines = linesOf(document.getText());
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const edit of edits) {
    const { startLine, startCharacter, endLine, endCharacter, text } = textEditOf(edit, lines, eol);
    workspaceEdit.replace(document.uri, new vscode.Range(startLine, startCharacter, endLine, endCharacter), text);
  }
  return vscode.workspace.applyEdit(workspaceEdit);
}

/** A diff of two texts that exist in memory only. */
async function showChange(
  name: string,
  { original, proposed }: { readonly original: string; readonly proposed: string },
  texts: VirtualTexts,
): Promise<void> {
  const before = texts.put(`original/${name}`, original);
  const after = texts.put(`proposed/${name}`, proposed);
  await vscode.commands.executeCommand('vscode.diff', before, after, vscode.l10n.t('{0} (proposed change)', name));
}
