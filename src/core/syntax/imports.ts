import type { Import } from './import-statement.ts';
import type { LanguageTable } from './language.ts';
import { namedChildren, type SyntaxNode } from './tree.ts';

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
