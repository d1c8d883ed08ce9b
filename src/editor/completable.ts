import * as vscode from 'vscode';
import { readSettings } from './settings.ts';

const schemes = new Set(['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs']);

/** Documents that a person writes: no diffs, no outputs, no source-control or other virtual documents. */
export const isCompletable = (document: vscode.TextDocument): boolean => schemes.has(document.uri.scheme);

/** Whether completion is on for a language: its own entry, else `*`, else yes. */
export function completionOnFor(languageId: string): boolean {
  const { languages } = readSettings();
  return languages[languageId] ?? languages['*'] ?? true;
}

/** Switches completion for the language of the active editor, in the person's own settings. */
export async function toggleLanguage(): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (!languageId) return;
  const on = !completionOnFor(languageId);
  const languages = { ...readSettings().languages, [languageId]: on };
  await vscode.workspace
    .getConfiguration()
    .update('postern.completion.languages', languages, vscode.ConfigurationTarget.Global);
}
