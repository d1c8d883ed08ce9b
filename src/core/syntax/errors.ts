import type { SyntaxNode } from './tree.ts';

/** How many places the parser could not make sense of: unexpected text, and tokens it had to invent. */
export function countErrors(node: SyntaxNode): number {
  if (!node.hasError && !node.isMissing) return 0;
  let count = node.isError || node.isMissing ? 1 : 0;
  for (const child of node.children) if (child) count += countErrors(child);
  return count;
}
