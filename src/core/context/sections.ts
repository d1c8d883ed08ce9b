import { compose, join, type RedactedText } from '../redaction/redact.ts';
import { MAX_SIGNATURE } from '../syntax/outline.ts';
import type { IndexedFile } from './indexed-file.ts';
import type { Extract } from './pack.ts';
import { type Relation, strongest } from './relations.ts';
import type { Section } from './section.ts';
import type { Situation } from './situation.ts';

const reasons: Readonly<Record<Relation, string>> = {
  imported: 'imported by the open file',
  importer: 'imports the open file',
  'open tab': 'open in another tab',
  'same folder': 'in the same folder, and like the code at the cursor',
  'imported by an import': 'imported by a file that the open file imports',
};

/** The text of what was chosen of a file: signatures under those of their types, and whole lines, in source order. */
export function sectionOf(extract: Extract, situation: Situation): Section {
  const { file, number, lines } = extract;
  const relation = strongest(situation.related.bits.get(number) ?? 0);
  const first = Math.min(...lines);
  return {
    kind: lines.size > 0 ? 'window' : 'outline',
    path: file.document.path,
    uri: file.document.uri,
    text: join(textsOf(extract), '\n'),
    line: lines.size > 0 ? first : undefined,
    score: extract.gain,
    why: relation ? reasons[relation] : 'like the code at the cursor',
  };
}

interface Piece {
  readonly line: number;
  readonly text: RedactedText;
}

function textsOf(extract: Extract): readonly RedactedText[] {
  const pieces = [...signaturesOf(extract), ...linesOf(extract)].sort((a, b) => a.line - b.line);
  return pieces.map(({ text }) => text);
}

function signaturesOf({ file, signatures, lines }: Extract): readonly Piece[] {
  const pieces: Piece[] = [];
  const seen = new Set<number>();
  for (const place of signatures) {
    const symbol = file.definitions[place]?.symbol;
    // Names declared together have one signature.
    if (!symbol || lines.has(symbol.line) || seen.has(symbol.header.start)) continue;
    seen.add(symbol.header.start);
    const text = signature(file, symbol.header);
    const parent = file.definitions[place]?.parent ?? -1;
    pieces.push({ line: symbol.line, text: signatures.has(parent) ? compose`  ${text}` : text });
  }
  return pieces;
}

/** The lines of a header, trimmed and joined by spaces, as the outline's own signature but redacted still. */
function signature({ document }: IndexedFile, header: { readonly start: number; readonly end: number }): RedactedText {
  const { text } = document.text;
  let joined: RedactedText | undefined;
  for (let at = header.start; at < header.end && (joined?.length ?? 0) < MAX_SIGNATURE; ) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd < 0 ? header.end : Math.min(lineEnd, header.end);
    const piece = trimmed(document.text, at, end);
    if (piece.length > 0) joined = joined ? compose`${joined} ${piece}` : piece;
    at = end + 1;
  }
  const whole = joined ?? document.text.slice(header.start, header.start);
  const kept = whole.text.replace(/\s*(?:=>|[{:,])$/, '').length;
  const cut = whole.slice(0, Math.min(kept, MAX_SIGNATURE));
  // What a name stands for is left out, but not that it stands for something: `const codes = {…}`.
  return cut.text.endsWith('=') ? compose`${cut} {…}` : cut;
}

function trimmed(text: RedactedText, start: number, end: number): RedactedText {
  const raw = text.text.slice(start, end);
  return text.slice(start + (raw.length - raw.trimStart().length), start + raw.trimEnd().length);
}

/** Whole lines, each run without the indentation that all of its lines share. */
function linesOf({ file, lines }: Extract): readonly Piece[] {
  const sorted = [...lines].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === (sorted[to - 1] ?? 0) + 1) to++;
    const run = sorted.slice(from, to);
    const indent = Math.min(...run.map((line) => indentOf(file, line)));
    for (const line of run) pieces.push({ line, text: lineText(file, line, indent) });
    from = to;
  }
  return pieces;
}

function indentOf(file: IndexedFile, line: number): number {
  const text = file.document.text.text;
  const start = file.lineOffsets[line] ?? 0;
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at >= text.length || text[at] === '\n' ? Number.POSITIVE_INFINITY : at - start;
}

function lineText(file: IndexedFile, line: number, indent: number): RedactedText {
  const start = file.lineOffsets[line] ?? 0;
  const next = file.lineOffsets[line + 1];
  const end = next === undefined ? file.document.text.length : next - 1;
  return file.document.text.slice(Math.min(start + indent, end), end);
}
