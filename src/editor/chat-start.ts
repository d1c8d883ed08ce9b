import * as vscode from 'vscode';

/** Three questions that make sense for the repository in front. */
export function exampleQuestions(): readonly string[] {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  const file = editor?.document.uri.scheme === 'file' ? editor.document.uri.path.split('/').at(-1) : undefined;
  const folder = vscode.workspace.workspaceFolders?.[0]?.name;
  const about =
    folder === undefined
      ? t('What can you help me with?')
      : t('Where does {0} start, and what does it load first?', folder);
  if (file === undefined) {
    return [about, t('Which files deal with configuration?'), t('How are the tests run?')];
  }
  return [about, t('What does {0} do, and who uses it?', file), t('Which cases do the tests of {0} leave out?', file)];
}
