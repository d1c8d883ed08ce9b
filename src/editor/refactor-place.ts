import * as vscode from 'vscode';
import type { Section } from '../core/context/section.ts';
import type { Refusal } from '../core/policy/decision.ts';
import type { RefactorPlace } from '../core/prompt/refactor.ts';
import { compose, type RedactedDocument, type RedactedText } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { RefactorAction } from '../core/refactor/kinds.ts';
import { extractRange, linesOfSpan, type RefactorRange, refactorRange } from '../core/refactor/range.ts';
import type { Gate } from './gate.ts';

/** What a person asked for, where. */
export interface RefactorJob {
  readonly action: RefactorAction;
  readonly editor: vscode.TextEditor;
  readonly selection: vscode.Range;
  /** What the person typed, or the words of the problem to fix; empty when the action says it all. */
  readonly instruction: string;
}

/** A job after the gate read everything that it needs. */
export interface ReadJob {
  readonly document: RedactedDocument;
  /** The document's own text, as it was when it was read. */
  readonly text: string;
  readonly range: RefactorRange;
  readonly focus: RefactorRange | undefined;
  readonly instruction: RedactedText;
  readonly vault: Vault;
}

/** Reads document and instruction through the gate, and finds the lines to work on. */
export async function readJob(job: RefactorJob, gate: Gate): Promise<ReadJob | Refusal> {
  const vault = gate.newVault();
  const { document } = job.editor;
  const instruction =
    job.instruction === '' ? undefined : await gate.readTyped(job.instruction, document.uri, 'refactor', vault);
  if (instruction && 'kind' in instruction) return instruction;
  const symbols = await symbolsOf(document);
  const text = document.getText();
  const read = await gate.read(document, 'refactor', vault);
  if ('kind' in read) return read;
  const wanted = {
    selection: { start: offsetIn(text, job.selection.start), end: offsetIn(text, job.selection.end) },
    symbols: symbols.map((symbol) => ({ start: offsetIn(text, symbol.start), end: offsetIn(text, symbol.end) })),
  };
  const whole = () => refactorRange(read, text, wanted);
  const places: Readonly<Record<RefactorAction['needs'], () => Pick<ReadJob, 'range' | 'focus'>>> = {
    code: () => ({ range: whole(), focus: undefined }),
    selection: () => extractRange(read, text, wanted),
    problem: () => ({ range: whole(), focus: linesOfSpan(read, text, wanted.selection) }),
  };
  return {
    document: read,
    text,
    ...places[job.action.needs](),
    instruction: instruction?.text ?? compose``,
    vault,
  };
}

/** What the prompt is built from, with the sections that the index finds for the range before any of `own`. */
export async function placeOf(
  job: RefactorJob,
  read: ReadJob,
  { gate, own }: { readonly gate: Gate; readonly own: readonly Section[] },
  signal: AbortSignal,
): Promise<RefactorPlace> {
  const words = `${read.instruction.text} ${job.action.answer === 'tests' ? 'test' : ''}`.trim();
  const query = { task: 'refactor', vault: read.vault, ...(words === '' ? {} : { words }) } as const;
  const gathered = await gate.gather(read.document, read.range.redacted.start, query, signal);
  return {
    document: read.document,
    selection: read.range.redacted,
    ...(read.focus ? { focus: read.focus.redacted } : {}),
    instruction: read.instruction,
    action: job.action,
    sections: [...own, ...gathered],
  };
}

/** The text's offset of a position, without asking the document, which may have changed meanwhile. */
function offsetIn(text: string, { line, character }: vscode.Position): number {
  let start = 0;
  for (let at = 0; at < line; at++) {
    const newline = text.indexOf('\n', start);
    if (newline < 0) return text.length;
    start = newline + 1;
  }
  return Math.min(text.length, start + character);
}

/** A language server that takes longer is not waited for; lines around the cursor serve then. */
const SYMBOLS_WITHIN_MS = 1500;

/** Declarations that are worth replacing whole, as the language's own tools see them. */
async function symbolsOf(document: vscode.TextDocument): Promise<readonly vscode.Range[]> {
  const asked = vscode.commands.executeCommand<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), SYMBOLS_WITHIN_MS));
  const symbols = (await Promise.race([asked, late])) ?? [];
  return symbols.flatMap((symbol) => ('children' in symbol ? rangesOf(symbol) : [symbol.location.range]));
}

const rangesOf = (symbol: vscode.DocumentSymbol): readonly vscode.Range[] => [
  ...(symbol.range.isSingleLine && small.has(symbol.kind) ? [] : [symbol.range]),
  ...symbol.children.flatMap(rangesOf),
];

/** Of one line, these are too little to work on: what was meant is what holds them. */
const small: ReadonlySet<vscode.SymbolKind> = new Set([
  vscode.SymbolKind.Variable,
  vscode.SymbolKind.Constant,
  vscode.SymbolKind.Property,
  vscode.SymbolKind.Field,
  vscode.SymbolKind.EnumMember,
  vscode.SymbolKind.Key,
  vscode.SymbolKind.String,
  vscode.SymbolKind.Number,
  vscode.SymbolKind.Boolean,
]);
