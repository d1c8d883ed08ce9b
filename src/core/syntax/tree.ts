/**
 * Syntax trees as the core sees them: the part of web-tree-sitter's interface that is used, so that any parser with
 * such trees can stand behind it. Indices are UTF-16 offsets into the parsed text. Nodes live as long as their tree.
 */
export interface SyntaxNode {
  /** Unique inside its tree. */
  readonly id: number;
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly startPosition: Position;
  readonly endPosition: Position;
  readonly text: string;
  readonly isError: boolean;
  readonly isMissing: boolean;
  /** True when the node or anything below it is an error. */
  readonly hasError: boolean;
  readonly parent: SyntaxNode | null;
  readonly children: readonly (SyntaxNode | null)[];
  readonly namedChildren: readonly (SyntaxNode | null)[];
  childForFieldName(name: string): SyntaxNode | null;
  descendantForIndex(start: number, end?: number): SyntaxNode | null;
}

/** Counted from 0; `column` in UTF-16 code units. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** A tree holds memory outside the JavaScript heap: whoever parsed it calls `delete`. */
export interface SyntaxTree {
  readonly languageId: string;
  readonly text: string;
  readonly rootNode: SyntaxNode;
  delete(): void;
}

export interface ParseOptions {
  /** A tree of an earlier text of the same document, not deleted; makes the parse incremental. It stays as it is. */
  readonly previous?: SyntaxTree;
  /** Milliseconds after which parsing is given up. */
  readonly budgetMs?: number;
}

/** Port to the parser. */
export interface Parser {
  /** Loads a language's grammar once; false when there is none. Must be true before `parse` gives trees. */
  load(languageId: string): Promise<boolean>;
  /**
   * Parses a whole text. Never throws: broken code gives a tree with errors. Undefined when the language is not
   * loaded, or the text is longer than `MAX_PARSED`, or the budget ran out.
   */
  parse(languageId: string, text: string, options?: ParseOptions): SyntaxTree | undefined;
}

/** Longest text that is parsed, in UTF-16 code units; about one second of a first parse. */
export const MAX_PARSED = 1_000_000;
export const PARSE_BUDGET_MS = 1_000;

/** The one replacement that turns an earlier text into a later one. */
export interface TextEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Position;
  readonly oldEndPosition: Position;
  readonly newEndPosition: Position;
}

/** The smallest such replacement, found from the common prefix and suffix; undefined for equal texts. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  const startPosition = advance({ row: 0, column: 0 }, before, 0, start);
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: advance(startPosition, before, start, oldEnd),
    newEndPosition: advance(startPosition, after, start, newEnd),
  };
}

/** The children that are there; the interface allows null where the parser was out of memory. */
export function namedChildren(node: SyntaxNode): readonly SyntaxNode[] {
  return node.namedChildren.filter((child) => child !== null);
}

export function childOfType(node: SyntaxNode, ...types: readonly string[]): SyntaxNode | undefined {
  return namedChildren(node).find((child) => types.includes(child.type));
}

function advance(from: Position, text: string, start: number, end: number): Position {
  let { row, column } = from;
  let lineStart = start - column;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  column = end - lineStart;
  return { row, column };
}
