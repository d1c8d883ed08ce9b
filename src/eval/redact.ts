import { createHmac } from 'node:crypto';
import { type Admitted, admit, admitTyped } from '../core/admission/admit.ts';
import type { Span } from '../core/document/snapshot.ts';
import { builtinPolicy } from '../core/policy/builtin.ts';
import type { ActivePolicy, Refusal } from '../core/policy/decision.ts';
import { type RedactedDocument, redact as redactAdmitted } from '../core/redaction/redact.ts';
import { createScanCache } from '../core/redaction/scan-cache.ts';
import { createVault } from '../core/redaction/vault.ts';

/**
 * Redaction for the scorer of the redaction corpus, over the entry points of the extension: `admit`, then `redact`.
 * A file that policy excludes is scored as what a person pastes from it, because an excluded file has no output at all.
 */
interface Options {
  readonly path: string;
  readonly languageId: string;
}

interface Output {
  readonly text: string;
  /** What was replaced, in offsets of the input. */
  readonly spans: readonly Span[];
}

const active: ActivePolicy = { policy: builtinPolicy, origin: 'built-in', hash: 'built-in' };
const NOWHERE = { remotes: [] };

export function redact(text: string, options: Options): Output {
  const document = read(text, options);
  // Refused: nothing would be sent.
  if ('kind' in document) return { text: '', spans: [{ start: 0, end: text.length }] };
  return { text: document.text.text, spans: document.findings };
}

/** The part of a document between two offsets, cut from what is already redacted. */
export function redactWindow(full: string, start: number, end: number, options: Options): Output {
  const document = read(full, options);
  if ('kind' in document) return { text: '', spans: [] };
  const window = document.text.slice(edge(document, start, 'after'), edge(document, end, 'before'));
  const spans = document.findings.filter((finding) => finding.start < end && finding.end > start);
  return { text: window.text, spans };
}

/** An offset of the redacted text; where it lies inside a finding, the finding's far side. */
function edge(document: RedactedDocument, original: number, side: 'before' | 'after'): number {
  const mapped = document.offsetOf(original);
  if (mapped !== undefined) return mapped;
  const inside = document.findings.find((finding) => finding.start < original && original < finding.end);
  return document.offsetOf(side === 'after' ? (inside?.end ?? 0) : (inside?.start ?? 0)) ?? 0;
}

function read(text: string, options: Options): RedactedDocument | Refusal {
  const admitted = admitText(text, options);
  if ('kind' in admitted) return admitted;
  const vault = createVault((value) => createHmac('sha256', 'evaluation').update(value).digest('hex'));
  return redactAdmitted(admitted, {
    vault,
    task: 'chat',
    now: () => performance.now(),
    budgetMs: 10_000,
    cache: createScanCache(),
  });
}

function admitText(text: string, { path, languageId }: Options): Admitted | Refusal {
  const snapshot = { uri: `file:///${path}`, path, folder: undefined, languageId, version: 1, text };
  const admitted = admit(snapshot, NOWHERE, 'chat', active);
  return 'kind' in admitted && admitted.code === 'excluded' ? admitTyped(text, NOWHERE, 'chat', active) : admitted;
}
