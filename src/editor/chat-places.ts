import * as vscode from 'vscode';

/** The file of the workspace that an answer names by a path; undefined when there is none, or only outside of it. */
export async function fileNamed(path: string): Promise<vscode.Uri | undefined> {
  const segments = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0 || segments.includes('..') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    // An answer may name the folder too, as the editor does where there are several.
    for (const inside of segments[0] === folder.name ? [segments.slice(1), segments] : [segments]) {
      const uri = vscode.Uri.joinPath(folder.uri, ...inside);
      if (await isFile(uri)) return uri;
    }
  }
  const [only, ...more] = await vscode.workspace.findFiles(`**/${segments.map(escapedGlob).join('/')}`, undefined, 2);
  return more.length === 0 ? only : undefined;
}

/** Opens a file with some lines selected; lines count from 0, `last` inclusive. */
export async function openPlace(
  uri: vscode.Uri,
  lines: { readonly first: number; readonly last: number } | undefined,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const at = (line: number): number => Math.max(0, Math.min(line, document.lineCount - 1));
  const selection =
    lines && new vscode.Range(at(lines.first), 0, at(lines.last), document.lineAt(at(lines.last)).text.length);
  await vscode.window.showTextDocument(document, { preview: true, ...(selection === undefined ? {} : { selection }) });
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // what cannot be looked at is no file that could be opened
    return false;
  }
}

const escapedGlob = (segment: string): string => segment.replaceAll(/[*?[\]{}]/g, '[$&]');
