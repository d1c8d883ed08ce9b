import type { RedactedDocument } from '../redaction/redact.ts';
import type { Import } from '../syntax/import-statement.ts';
import { imports } from '../syntax/imports.ts';
import { languageTable } from '../syntax/languages.ts';
import { type OutlineSymbol, outline } from '../syntax/outline.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import type { Vocabulary } from './vocabulary.ts';
import { visitWords } from './words.ts';

/** A declaration of a file, in a list where a container comes before its members. */
export interface Definition {
  /** Number of its name. */
  readonly word: number;
  readonly symbol: OutlineSymbol;
  /** Place of its container in the same list, -1 for none. */
  readonly parent: number;
  /** Numbers of the words of its signature, each once. */
  readonly signature: readonly number[];
}

/** What the index keeps of a document. */
export interface IndexedFile {
  readonly document: RedactedDocument;
  /** Redacted path, `/` between segments. */
  readonly path: string;
  /** Numbers of its identifiers in the order of the text. */
  readonly words: Uint32Array;
  /** For each line, the place in `words` where it begins; one more entry than lines. */
  readonly lines: Uint32Array;
  /** Offset of each line's first character. */
  readonly lineOffsets: Uint32Array;
  /** Numbers of its identifiers, each once. */
  readonly distinct: Uint32Array;
  readonly definitions: readonly Definition[];
  /** First place in `definitions` of each line that has one. */
  readonly definitionsByLine: ReadonlyMap<number, readonly number[]>;
  readonly imports: readonly Import[];
}

export function readDocument(
  document: RedactedDocument,
  tree: SyntaxTree | undefined,
  vocabulary: Vocabulary,
): IndexedFile {
  const { text } = document.text;
  const lineOffsets = offsetsOfLines(text);
  const words: number[] = [];
  const lines = new Uint32Array(lineOffsets.length + 1);
  let last = 0;
  visitWords(text, document.languageId, (start, end, line) => {
    while (last < line) lines[++last] = words.length;
    words.push(vocabulary.add(text.slice(start, end)));
  });
  while (last < lineOffsets.length) lines[++last] = words.length;
  const table = languageTable(document.languageId);
  const definitions: Definition[] = [];
  const wordsOf = (signature: string): readonly number[] => {
    const found = new Set<number>();
    visitWords(signature, document.languageId, (start, end) => found.add(vocabulary.add(signature.slice(start, end))));
    return [...found];
  };
  const list = (symbols: readonly OutlineSymbol[], parent: number): void => {
    for (const symbol of symbols) {
      const signature = wordsOf(symbol.signature);
      const place = definitions.push({ word: vocabulary.add(symbol.name), symbol, parent, signature }) - 1;
      list(symbol.children, place);
    }
  };
  if (tree && table) list(outline(tree.rootNode, table), -1);
  return {
    document,
    path: document.path.text,
    words: Uint32Array.from(words),
    lines,
    lineOffsets,
    distinct: Uint32Array.from(new Set(words)),
    definitions,
    definitionsByLine: byLine(definitions),
    imports: tree && table ? imports(tree.rootNode, table) : [],
  };
}

function offsetsOfLines(text: string): Uint32Array {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return Uint32Array.from(offsets);
}

function byLine(definitions: readonly Definition[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [place, { symbol }] of definitions.entries()) {
    const known = places.get(symbol.line);
    if (known) known.push(place);
    else places.set(symbol.line, [place]);
  }
  return places;
}
