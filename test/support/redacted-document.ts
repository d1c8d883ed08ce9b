import { admit } from '../../src/core/admission/admit.ts';
import type { ActivePolicy } from '../../src/core/policy/decision.ts';
import { type DataClass, policySchema } from '../../src/core/policy/schema.ts';
import { type RedactedDocument, redact } from '../../src/core/redaction/redact.ts';
import { createScanCache } from '../../src/core/redaction/scan-cache.ts';
import { createVault, type Vault } from '../../src/core/redaction/vault.ts';

export interface Source {
  readonly path?: string;
  readonly languageId?: string;
  readonly class?: DataClass;
  /** Words that the policy adds to what is replaced, so that a test decides what is found. */
  readonly words?: readonly string[];
  readonly vault?: Vault;
}

/** A vault whose placeholders are the same in every run. */
export const testVault = (): Vault => createVault((value) => value.length.toString(16).padStart(8, '0'));

/** A document that went through admission and redaction, as every document does. */
export function redactedDocument(text: string, source: Source = {}): RedactedDocument {
  const { path = 'src/sample.ts', languageId = 'typescript', vault = testVault() } = source;
  const active = policyOf(source.class ?? 'internal', source.words ?? []);
  const snapshot = { uri: `file:///w/${path}`, path, folder: 'file:///w', languageId, version: 1, text };
  const admitted = admit(snapshot, { remotes: [] }, 'refactor', active);
  if ('kind' in admitted) throw new Error(admitted.reason);
  const cache = createScanCache();
  const document = redact(admitted, { vault, task: 'refactor', now: () => 0, budgetMs: 1000, cache });
  if ('kind' in document) throw new Error(document.reason);
  return document;
}

const policyOf = (defaultClass: DataClass, words: readonly string[]): ActivePolicy => ({
  policy: policySchema.parse({
    organisation: 'tests',
    version: 1,
    issued: '2026-01-01T00:00:00Z',
    endpoints: {},
    models: {},
    defaultClass,
    routes: [],
    redaction: { words },
  }),
  origin: 'machine',
  hash: '0'.repeat(64),
});
