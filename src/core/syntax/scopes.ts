import type { Span } from '../document/snapshot.ts';
import type { LanguageTable, SymbolKind } from './language.ts';
import { bodyOf, holders, kindOf, nameOf } from './outline.ts';
import { namedChildren, type SyntaxNode, type SyntaxTree } from './tree.ts';

/** A region of code that has the offset inside it. */
export interface Scope {
  readonly kind: SymbolKind | 'block';
  readonly name: string | undefined;
  /** From its first character to where its body begins. */
  readonly header: Span;
  readonly body: Span;
}

/** The scopes around an offset, outermost first. Lines of a file belong to no scope when nothing is open there. */
export function scopesAt(tree: SyntaxTree, offset: number, table: LanguageTable): readonly Scope[] {
  const { text } = tree;
  const probe = table.indented ? lastCodeBefore(text, offset) : offset;
  const indent = table.indented ? indentAt(text, offset) : undefined;
  const scopes: Scope[] = [];
  for (let node = tree.rootNode.descendantForIndex(probe); node; node = node.parent) {
    const outside = probe <= node.startIndex || (indent === undefined && offset > node.endIndex);
    const dedented = indent !== undefined && offset > node.endIndex && indent <= node.startPosition.column;
    if (outside || dedented) continue;
    const scope = scopeOf(node, table);
    // A name and the function that is its value are one scope.
    if (scope && scope.body.start === scopes.at(-1)?.body.start) scopes.pop();
    if (scope) scopes.push(scope);
  }
  return scopes.reverse().map((scope, index, all) => asMethod(scope, all[index - 1]));
}

const asMethod = (scope: Scope, around: Scope | undefined): Scope =>
  scope.kind === 'function' && around && around.kind !== 'block' && holders.has(around.kind)
    ? { ...scope, kind: 'method' }
    : scope;

function scopeOf(node: SyntaxNode, table: LanguageTable): Scope | undefined {
  const rule = table.symbols[node.type];
  const block = table.blocks.includes(node.type);
  if (!rule && !block) return undefined;
  const body = (rule && bodyOf(node, rule)) ?? (block ? blockBody(node) : undefined);
  if (!body) return undefined;
  const plain = (rule && kindOf(node, rule)) ?? 'block';
  const kind = plain === 'function' && rule?.container?.(node) !== undefined ? 'method' : plain;
  return {
    kind,
    name: rule ? nameOf(node, rule) : undefined,
    header: { start: node.startIndex, end: body.startIndex },
    body: { start: body.startIndex, end: body.endIndex },
  };
}

const blockBody = (node: SyntaxNode): SyntaxNode | undefined =>
  node.childForFieldName('body') ?? node.childForFieldName('consequence') ?? namedChildren(node).at(-1);

function lastCodeBefore(text: string, offset: number): number {
  let at = Math.min(offset, text.length) - 1;
  while (at > 0 && /\s/.test(text.charAt(at))) at--;
  return Math.max(0, at);
}

/** Width of the white space at the start of the line, up to the offset where the line holds nothing else before it. */
function indentAt(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  let at = lineStart;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t')) at++;
  return Math.min(at, Math.max(offset, lineStart)) - lineStart;
}
