import * as vscode from 'vscode';
import type { Attachment } from '../core/chat/conversation.ts';
import type { Section } from '../core/context/section.ts';
import type { RedactedDocument, RedactedText } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { Gate } from './gate.ts';

/** What a person wants to send with a question: a place, before anybody has read it. */
export interface Wanted {
  readonly id: string;
  readonly uri: vscode.Uri;
  /** Lines counted from 0, `last` inclusive; undefined for the whole file. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** The text itself, or the problems that the editor reports for it. */
  readonly part: 'text' | 'problems';
}

/** An attachment that went through the gate, or was refused there. */
export interface ReadAttachment {
  readonly attachment: Attachment;
  /** Undefined when it was refused. */
  readonly section: Section | undefined;
  readonly document: RedactedDocument | undefined;
  /** Where in the document it begins. */
  readonly offset: number;
}

/** Sends a wanted place through policy and redaction. What cannot be opened counts as refused. */
export async function readAttachment(wanted: Wanted, gate: Gate, vault: Vault): Promise<ReadAttachment> {
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(wanted.uri);
  } catch {
    return refusedAttachment(wanted, vscode.l10n.t('{0} could not be opened as text.', labelOf(wanted)));
  }
  const range = rangeOf(document, wanted);
  const { version } = document;
  const redacted = await gate.read(document, 'chat', vault);
  if ('kind' in redacted) return refusedAttachment(wanted, redacted.reason);
  if (redacted.version !== version) return readAttachment(wanted, gate, vault);
  const problems = wanted.part === 'problems' ? await readProblems(document, gate, vault) : undefined;
  if (problems && 'kind' in problems) return refusedAttachment(wanted, problems.reason);
  const part = sliceOf(redacted, range);
  const text = problems?.text ?? part.text;
  const whole = wanted.lines === undefined;
  return {
    attachment: {
      id: wanted.id,
      label: labelOf(wanted),
      uri: wanted.uri.toString(),
      lines: wanted.lines,
      class: redacted.class,
      redactions: text.findings.length,
      refused: undefined,
    },
    section: {
      kind: problems ? 'diagnostics' : 'attachment',
      path: redacted.path,
      uri: wanted.uri.toString(),
      text,
      line: problems ? undefined : whole ? 0 : wanted.lines?.first,
      score: Number.MAX_VALUE,
      why: vscode.l10n.t('attached to the question'),
    },
    document: redacted,
    offset: part.start,
  };
}

function labelOf(wanted: Wanted): string {
  const name = wanted.uri.path.split('/').at(-1) ?? '';
  if (wanted.part === 'problems') return vscode.l10n.t('problems in {0}', name);
  if (wanted.lines === undefined) return name;
  const { first, last } = wanted.lines;
  return first === last ? `${name}:${first + 1}` : `${name}:${first + 1}-${last + 1}`;
}

const refusedAttachment = (wanted: Wanted, reason: string): ReadAttachment => ({
  attachment: {
    id: wanted.id,
    label: labelOf(wanted),
    uri: wanted.uri.toString(),
    lines: wanted.lines,
    class: undefined,
    redactions: 0,
    refused: reason,
  },
  section: undefined,
  document: undefined,
  offset: 0,
});

interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

function rangeOf(document: vscode.TextDocument, { lines }: Wanted): OffsetRange {
  const whole = { start: 0, end: document.getText().length };
  if (lines === undefined || lines.first >= document.lineCount) return whole;
  const last = Math.min(lines.last, document.lineCount - 1);
  return {
    start: document.offsetAt(new vscode.Position(lines.first, 0)),
    end: document.offsetAt(document.lineAt(last).range.end),
  };
}

/** The part of a redacted document for a range of the original. An end inside a secret moves outwards, to take it in whole. */
function sliceOf(
  document: RedactedDocument,
  range: OffsetRange,
): { readonly text: RedactedText; readonly start: number } {
  const inside = (offset: number) => document.findings.find((found) => found.start < offset && offset < found.end);
  const start = document.offsetOf(inside(range.start)?.start ?? range.start) ?? 0;
  const end = document.offsetOf(inside(range.end)?.end ?? range.end) ?? document.text.length;
  return { text: document.text.slice(start, end), start };
}

const PROBLEMS_MAX = 30;

function readProblems(document: vscode.TextDocument, gate: Gate, vault: Vault): ReturnType<Gate['readTyped']> {
  const severities = ['error', 'warning', 'information', 'hint'];
  const lines = vscode.languages
    .getDiagnostics(document.uri)
    .toSorted((a, b) => a.severity - b.severity)
    .slice(0, PROBLEMS_MAX)
    .map(({ range, severity, message, source }) => {
      const place = `line ${range.start.line + 1}`;
      return `${place}: ${severities[severity] ?? 'problem'}: ${message}${source === undefined ? '' : ` (${source})`}`;
    });
  const text = lines.length > 0 ? lines.join('\n') : 'The editor reports no problems.';
  return gate.readTyped(text, document.uri, 'chat', vault);
}
