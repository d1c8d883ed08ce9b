import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { admit } from '../../../src/core/admission/admit.ts';
import { languageOfPath } from '../../../src/core/document/language-of-path.ts';
import { builtinPolicy } from '../../../src/core/policy/builtin.ts';
import { type RedactedDocument, redact } from '../../../src/core/redaction/redact.ts';
import { createScanCache } from '../../../src/core/redaction/scan-cache.ts';
import { createVault } from '../../../src/core/redaction/vault.ts';
import type { Parser } from '../../../src/core/syntax/tree.ts';
import { createTreeSitter, installedWasm } from '../../../src/node/tree-sitter.ts';

const now = (): number => 0;

export const parser: Parser = createTreeSitter(installedWasm(join(import.meta.dirname, '../../../node_modules'), now));

/** A document as the index gets it: through admission and redaction. */
export function redacted(
  path: string,
  text: string,
  options: { version?: number; uri?: string } = {},
): RedactedDocument {
  const { version = 1, uri = `file:///work/${path}` } = options;
  const languageId = languageOfPath(path) ?? 'plaintext';
  const snapshot = { uri, path, folder: 'file:///work', languageId, version, text };
  const admitted = admit(snapshot, { remotes: [] }, 'completion', {
    policy: builtinPolicy,
    origin: 'built-in',
    hash: 'test',
  });
  if ('kind' in admitted) throw new Error(admitted.reason);
  const document = redact(admitted, {
    vault: createVault((value) => createHash('sha256').update(value).digest('hex')),
    task: 'completion',
    now,
    budgetMs: 1_000,
    cache: createScanCache(),
  });
  if ('kind' in document) throw new Error(document.reason);
  return document;
}

/** A text with `¦` at the cursor, as text and offset. */
export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('¦');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
