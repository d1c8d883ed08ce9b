import ignore from 'ignore';
import * as vscode from 'vscode';
import { languageOfPath } from '../core/document/language-of-path.ts';

/** Files of this many workspace entries at most are read; a later piece of work takes whole trees. */
const MOST_FILES = 3000;
/** Never worth reading: what tools made or fetched. */
const NEVER = '**/{node_modules,.git,dist,build,out,target,vendor,.venv,venv,__pycache__,.next,coverage}/**';

/** Source files of the workspace in languages that are known, without what the root's .gitignore names. */
export async function listSourceFiles(signal: AbortSignal): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*', NEVER, MOST_FILES * 4);
  const ignored = await Promise.all((vscode.workspace.workspaceFolders ?? []).map(ignoredIn));
  if (signal.aborted) return [];
  const isSource = (uri: vscode.Uri) => languageOfPath(uri.path) !== undefined && !ignored.some((isIn) => isIn(uri));
  return found.filter(isSource).slice(0, MOST_FILES);
}

async function ignoredIn(folder: vscode.WorkspaceFolder): Promise<(uri: vscode.Uri) => boolean> {
  const rules = ignore().add(await textOf(vscode.Uri.joinPath(folder.uri, '.gitignore')));
  const root = `${folder.uri.path}/`;
  return (uri) => uri.path.startsWith(root) && rules.ignores(uri.path.slice(root.length));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return ''; // most folders have none
  }
}
