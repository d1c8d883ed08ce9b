import * as vscode from 'vscode';
import type { Section } from '../core/context/section.ts';
import type { Refusal } from '../core/policy/decision.ts';
import type { RedactedDocument } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import { isTestPath, testPathFor } from '../core/refactor/test-file.ts';
import type { Gate } from './gate.ts';

/** Where tests go, and what the model should see of the tests that exist. */
export interface TestTarget {
  readonly uri: vscode.Uri;
  /** The file that tests are added to; undefined when it is to be made. */
  readonly existing: vscode.TextDocument | undefined;
  readonly sections: readonly Section[];
}

/** The test file beside a source file; undefined where the language has no name for one. */
export const testUriFor = (uri: vscode.Uri): vscode.Uri | undefined => {
  const path = uri.scheme === 'untitled' ? undefined : testPathFor(uri.path);
  return path === undefined ? undefined : uri.with({ path });
};

/** Looks for the test file, and reads it, or another of the folder as an example, through the gate. */
export async function testTarget(uri: vscode.Uri, gate: Gate, vault: Vault): Promise<TestTarget | Refusal> {
  const folder = vscode.Uri.joinPath(uri, '..');
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries.filter(([, type]) => (type & vscode.FileType.File) !== 0).map(([name]) => name);
  const own = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (names.includes(own)) {
    const existing = await vscode.workspace.openTextDocument(uri);
    const read = await gate.read(existing, 'refactor', vault);
    if ('kind' in read) return read;
    return { uri, existing, sections: [sectionOf(read, 'the test file that the tests are added to')] };
  }
  const example = names.find((name) => isTestPath(name) && extensionOf(name) === extensionOf(own));
  if (example === undefined) return { uri, existing: undefined, sections: [] };
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, example));
  const read = await gate.read(document, 'refactor', vault);
  // an example that may not be read is one the model does without
  const sections = 'kind' in read ? [] : [sectionOf(read, 'a test file of the same folder')];
  return { uri, existing: undefined, sections };
}

/** The text of a test file with tests added at its end. */
export function withTestsAdded(existing: string, tests: string): string {
  const eol = existing.includes('\r\n') ? '\r\n' : '\n';
  return existing.trim() === '' ? tests : `${existing.trimEnd()}${eol}${eol}${tests}`;
}

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

const sectionOf = (read: RedactedDocument, why: string): Section => ({
  kind: 'attachment',
  path: read.path,
  uri: read.uri,
  text: read.text,
  line: 0,
  score: 1,
  why,
});
