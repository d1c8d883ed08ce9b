import type { Span } from '../document/snapshot.ts';
import type { Finding } from '../redaction/finding.ts';
import type { RedactedDocument } from '../redaction/redact.ts';

/** What an action works on, in offsets of the document and of its redacted text. */
export interface RefactorRange {
  readonly original: Span;
  readonly redacted: Span;
}

/** A symbol of the document that can be replaced whole, larger than this many lines, is not; lines around the cursor are. */
const MOST_SYMBOL_LINES = 200;
const LINES_AROUND = 15;

/**
 * The lines that an action replaces: those of the selection, else of the smallest symbol around the cursor, else the lines
 * near it. Whole lines, without the last line's end; edges never stand inside a finding.
 */
export function refactorRange(
  document: RedactedDocument,
  text: string,
  wanted: { readonly selection: Span; readonly symbols: readonly Span[] },
): RefactorRange {
  const { selection } = wanted;
  const symbol = selection.start === selection.end ? enclosingSymbol(text, wanted.symbols, selection) : undefined;
  const lines = symbol ?? (selection.start === selection.end ? linesAround(text, selection.start) : selection);
  return linesOfSpan(document, text, lines);
}

/** The lines in which the selection can be extracted: those of the smallest symbol that holds more than it. */
export function extractRange(
  document: RedactedDocument,
  text: string,
  wanted: { readonly selection: Span; readonly symbols: readonly Span[] },
): { readonly range: RefactorRange; readonly focus: RefactorRange } {
  const focus = linesOfSpan(document, text, wanted.selection);
  const around = enclosingSymbol(
    text,
    wanted.symbols.filter((symbol) => symbol.start < focus.original.start || symbol.end > focus.original.end),
    focus.original,
  );
  return { focus, range: around ? linesOfSpan(document, text, around) : focus };
}

/** From the start of the span's first line to the end of its last. A span that ends where a line begins leaves that line out. */
export function wholeLines(text: string, span: Span): Span {
  const start = lineStart(text, span.start);
  const last = span.end > span.start && text[span.end - 1] === '\n' ? span.end - 1 : span.end;
  const newline = text.indexOf('\n', Math.max(start, last));
  const end = newline < 0 ? text.length : newline;
  return { start, end: text[end - 1] === '\r' && end > start ? end - 1 : end };
}

/** The whole lines of a span, in offsets of both texts. */
export function linesOfSpan(document: RedactedDocument, text: string, span: Span): RefactorRange {
  const original = outsideFindings(text, document.findings, wholeLines(text, span));
  const start = document.offsetOf(original.start) ?? 0;
  const end = document.offsetOf(original.end) ?? document.text.length;
  return { original, redacted: { start, end } };
}

/** Grows a span of whole lines until no finding lies across an edge, such as a key of many lines. */
function outsideFindings(text: string, findings: readonly Finding[], span: Span): Span {
  let grown = span;
  for (;;) {
    const crossing = findings.find(
      ({ start, end }) => (start < grown.start && grown.start < end) || (start < grown.end && grown.end < end),
    );
    if (!crossing) return grown;
    grown = wholeLines(text, {
      start: Math.min(grown.start, crossing.start),
      end: Math.max(grown.end, crossing.end),
    });
  }
}

/** The smallest symbol whose lines hold the inner span. */
function enclosingSymbol(text: string, symbols: readonly Span[], inner: Span): Span | undefined {
  return symbols
    .map((symbol) => wholeLines(text, symbol))
    .filter((symbol) => symbol.start <= inner.start && inner.end <= symbol.end)
    .filter((symbol) => text.slice(symbol.start, symbol.end).split('\n').length <= MOST_SYMBOL_LINES)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

function linesAround(text: string, offset: number): Span {
  let start = lineStart(text, offset);
  let end = nextLine(text, offset);
  for (let line = 0; line < LINES_AROUND; line++) {
    if (start > 0) start = lineStart(text, start - 1);
    end = nextLine(text, end);
  }
  return { start, end };
}

const nextLine = (text: string, offset: number): number => {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
};

const lineStart = (text: string, offset: number): number => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
