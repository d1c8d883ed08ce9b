import type { Span } from '../document/snapshot.ts';
import type { SyntaxNode } from './tree.ts';

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

export const imported = (node: SyntaxNode, module: string, names: readonly ImportedName[]): Import => ({
  module,
  names,
  span: { start: node.startIndex, end: node.endIndex },
});

/** The last segment of a dotted or slashed path, the name under which most languages bind a module. */
export const lastSegment = (path: string): string => path.split(/[./\\]|::/).findLast((part) => part !== '') ?? path;
