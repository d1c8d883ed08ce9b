import type { Span } from '../document/snapshot.ts';
import type { LanguageTable } from './language.ts';
import { namedChildren, type SyntaxNode } from './tree.ts';

export interface ImportedName {
  /** Name in the module; `*` for all of it, `default` for its default export. */
  readonly name: string;
  /** Name in this file. */
  readonly local: string;
}

export interface Import {
  /** The module as written, without quotes: `./tree.ts`, `..models`, `java.util`, `crate::scan`, `stdio.h`. */
  readonly module: string;
  readonly names: readonly ImportedName[];
  readonly span: Span;
}

const MAX_DEPTH = 4;

/** The import statements of a file, in source order. Imports inside functions are not listed. */
export function imports(root: SyntaxNode, table: LanguageTable): readonly Import[] {
  const found: Import[] = [];
  collect(root, table, found, 0);
  return found;
}

function collect(parent: SyntaxNode, table: LanguageTable, found: Import[], depth: number): void {
  for (const node of namedChildren(parent)) {
    const read = table.imports[node.type];
    if (read) found.push(...read(node));
    if (depth < MAX_DEPTH && (table.wrappers.includes(node.type) || node.isError))
      collect(node, table, found, depth + 1);
  }
}

export const imported = (node: SyntaxNode, module: string, names: readonly ImportedName[]): Import => ({
  module,
  names,
  span: { start: node.startIndex, end: node.endIndex },
});

/** The last segment of a dotted or slashed path, the name under which most languages bind a module. */
export const lastSegment = (path: string): string => path.split(/[./\\]|::/).findLast((part) => part !== '') ?? path;
