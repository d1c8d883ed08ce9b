import type { Import } from './import-statement.ts';
import { childOfType, type SyntaxNode } from './tree.ts';

export type SymbolKind =
  | 'namespace'
  | 'class'
  | 'interface'
  | 'enum'
  | 'type'
  | 'function'
  | 'method'
  | 'constructor'
  | 'field'
  | 'constant'
  | 'macro'
  | 'key';

/** How one type of node declares a symbol. */
export interface SymbolRule {
  /** A function decides from the node, undefined for "none after all". */
  readonly kind: SymbolKind | ((node: SyntaxNode) => SymbolKind | undefined);
  /** Finds the name; the field `name` unless said otherwise. A node without a name declares nothing. */
  readonly name?: (node: SyntaxNode) => string | undefined;
  /** Finds the body, where the signature ends; the field `body` unless said otherwise. */
  readonly body?: (node: SyntaxNode) => SyntaxNode | null | undefined;
  /** Whether what the body declares belongs to the outline. A function's locals do not. */
  readonly members?: boolean;
  /** The node that the signature shows when it is not this one: a declaration with its keywords around a declarator. */
  readonly signature?: (node: SyntaxNode) => SyntaxNode;
  /** Type that it belongs to, where the declaration itself says so. */
  readonly container?: (node: SyntaxNode) => string | undefined;
}

/**
 * A language as data: which types of node declare symbols, which open blocks, which import. The names are those of the
 * grammar's `node-types.json`.
 */
export interface LanguageTable {
  readonly symbols: Readonly<Record<string, SymbolRule>>;
  /** Types that stand around declarations without being any: `export`, lists of members, conditions of a preprocessor. */
  readonly wrappers: readonly string[];
  /** Types that are scopes without a name: `if`, `for`, closures. */
  readonly blocks: readonly string[];
  /** Types that import, and what each of their nodes imports. */
  readonly imports: Readonly<Record<string, (node: SyntaxNode) => readonly Import[]>>;
  /** True where a block ends by indentation, so that a blank line after it may still belong to it. */
  readonly indented?: boolean;
}

/** The text of the node that a path of fields leads to. */
export const field =
  (...path: readonly string[]) =>
  (node: SyntaxNode): string | undefined => {
    let at: SyntaxNode | null = node;
    for (const name of path) at = at?.childForFieldName(name) ?? null;
    return at?.text;
  };

/** The text of the first child of one of these types. */
export const child =
  (...types: readonly string[]) =>
  (node: SyntaxNode): string | undefined =>
    childOfType(node, ...types)?.text;

export const parentOf = (node: SyntaxNode): SyntaxNode => node.parent ?? node;

/** The text between the quotes of a string literal. */
export const unquoted = (text: string | undefined): string => (text ?? '').replace(/^[^"'`<]*["'`<]+|["'`>]+$/g, '');
