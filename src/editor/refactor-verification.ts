import * as vscode from 'vscode';
import type { Counts, Verification } from '../core/refactor/verification.ts';
import { countErrors } from '../core/syntax/errors.ts';
import type { Parser } from '../core/syntax/tree.ts';

export async function countsOf(document: vscode.TextDocument, parser: Parser): Promise<Counts> {
  const problems = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning).length;
  return { problems, syntaxErrors: await syntaxErrorsOf(document, parser) };
}

/** Undefined for a language without a grammar, and for a text too long to parse. */
async function syntaxErrorsOf(document: vscode.TextDocument, parser: Parser): Promise<number | undefined> {
  await parser.load(document.languageId);
  const tree = parser.parse(document.languageId, document.getText());
  const errors = tree && countErrors(tree.rootNode);
  tree?.delete();
  return errors;
}

/** `parses · no new problems`, and what else the person should know before they accept. */
export function verificationWords(verification: Verification | undefined): string {
  const { t } = vscode.l10n;
  if (!verification) return t('checking…');
  const { parses, newProblems, unrestored, hidden } = verification;
  const words: string[] = [];
  if (parses !== undefined) words.push(parses ? t('parses') : t('$(warning) does not parse'));
  words.push(newProblems === 0 ? t('no new problems') : t('$(warning) new problems: {0}', newProblems));
  if (unrestored > 0) words.push(t('$(warning) placeholders to fill in: {0}', unrestored));
  if (hidden > 0) words.push(t('$(warning) invisible characters: {0}', hidden));
  return words.join(' · ');
}
