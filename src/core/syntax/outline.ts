import type { Span } from '../document/snapshot.ts';
import type { LanguageTable, SymbolKind, SymbolRule } from './language.ts';
import { namedChildren, type SyntaxNode } from './tree.ts';

/** Kinds whose functions are methods. */
export const holders: ReadonlySet<SymbolKind> = new Set(['class', 'interface', 'enum', 'type']);

/** A declaration with what a reader needs to use it. */
export interface OutlineSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly span: Span;
  /** What the signature shows, with its line breaks: from below the decorators to where the body begins. */
  readonly header: Span;
  /** Line of the declaration itself, below its decorators; counted from 0. */
  readonly line: number;
  /** The declaration without its body and decorators, on one line of at most `MAX_SIGNATURE` characters. */
  readonly signature: string;
  /** Name of the type or namespace that it belongs to, `A.B` when nested; a Go method has its receiver's type. */
  readonly container: string | undefined;
  readonly children: readonly OutlineSymbol[];
}

export const MAX_SIGNATURE = 110;
/** Bounds for generated files and deep data: what lies beyond is left out. */
const MAX_SYMBOLS = 5_000;
const MAX_DEPTH = 8;

/** The symbols of a file in source order, members below their types. Locals of functions are not listed. */
export function outline(root: SyntaxNode, table: LanguageTable): readonly OutlineSymbol[] {
  return collect(root, { table, container: undefined, holder: false, left: { count: MAX_SYMBOLS } }, 0);
}

interface Place {
  readonly table: LanguageTable;
  readonly container: string | undefined;
  readonly holder: boolean;
  readonly left: { count: number };
}

function collect(parent: SyntaxNode, place: Place, depth: number): OutlineSymbol[] {
  const found: OutlineSymbol[] = [];
  if (depth > MAX_DEPTH) return found;
  for (const node of namedChildren(parent)) {
    if (place.left.count <= 0) break;
    const rule = place.table.symbols[node.type];
    const symbol = rule && describe(node, rule, place, depth);
    if (symbol) found.push(symbol);
    else if (place.table.wrappers.includes(node.type) || node.isError) found.push(...collect(node, place, depth + 1));
  }
  return found;
}

function describe(node: SyntaxNode, rule: SymbolRule, place: Place, depth: number): OutlineSymbol | undefined {
  const name = nameOf(node, rule);
  const plain = name === undefined ? undefined : kindOf(node, rule);
  if (name === undefined || plain === undefined) return undefined;
  place.left.count--;
  const own = rule.container?.(node);
  const kind = plain === 'function' && (place.holder || own !== undefined) ? 'method' : plain;
  const body = bodyOf(node, rule);
  const container = own ?? place.container;
  const inner = { ...place, container: container ? `${container}.${name}` : name, holder: holders.has(kind) };
  const whole = rule.signature?.(node) ?? node;
  const start = declarationStart(whole);
  // Some bodies begin with a keyword that belongs to the signature: Go's `interface {`.
  const opening = body?.children.find((part) => part?.type === '{') ?? body;
  const header = { start: start.startIndex, end: Math.max(start.startIndex, opening?.startIndex ?? whole.endIndex) };
  return {
    kind,
    name,
    span: { start: node.startIndex, end: node.endIndex },
    header,
    line: start.startPosition.row,
    signature: oneLine(whole.text.slice(header.start - whole.startIndex, header.end - whole.startIndex)),
    container,
    children: rule.members && body ? collect(body, inner, depth + 1) : [],
  };
}

export const nameOf = (node: SyntaxNode, rule: SymbolRule): string | undefined =>
  (rule.name ? rule.name(node) : node.childForFieldName('name')?.text) || undefined;

export const kindOf = (node: SyntaxNode, rule: SymbolRule): SymbolKind | undefined =>
  typeof rule.kind === 'function' ? rule.kind(node) : rule.kind;

export const bodyOf = (node: SyntaxNode, rule: SymbolRule): SyntaxNode | undefined =>
  (rule.body ? rule.body(node) : node.childForFieldName('body')) ?? undefined;

const decorations: ReadonlySet<string> = new Set([
  'decorator',
  'annotation',
  'marker_annotation',
  'attribute',
  'attribute_list',
  'attribute_item',
  'modifiers',
]);

/** The first part of a declaration that is no decorator: its lines come before the one a reader looks for. */
function declarationStart(node: SyntaxNode): SyntaxNode {
  for (const child of node.children) {
    if (!child) continue;
    if (!decorations.has(child.type)) return child === node.children[0] ? node : child;
    if (child.type === 'modifiers') {
      const kept = child.children.find((part) => part && !decorations.has(part.type));
      if (kept) return kept;
    }
  }
  return node;
}

/** Joins lines, drops what only opens a body, and cuts to `MAX_SIGNATURE`. */
function oneLine(text: string): string {
  const joined = text
    // A far end can not show: no need to join the lines of a long initialiser.
    .slice(0, MAX_SIGNATURE * 8)
    .replace(/\s+/g, ' ')
    .replace(/([([]) /g, '$1')
    .replace(/,? ([)\]])/g, '$1')
    .trim()
    .replace(/\s*(?:=>|[{=:;,])$/, '');
  return joined.length <= MAX_SIGNATURE ? joined : `${joined.slice(0, MAX_SIGNATURE - 1)}…`;
}
