import type { Parser, SyntaxTree } from './tree.ts';

/** Trees of the documents in use, one a document, parsed incrementally from the one before. */
export interface Trees {
  /** The tree of this text. Valid until the next call for the same uri, `forget`, or its eviction by other documents. */
  tree(uri: string, languageId: string, text: string): SyntaxTree | undefined;
  forget(uri: string): void;
  clear(): void;
}

const CAPACITY = 24;

/** `capacity` bounds the trees kept; each holds about ten times its text in memory outside the heap. */
export function createTrees(parser: Parser, capacity: number = CAPACITY): Trees {
  const kept = new Map<string, SyntaxTree>();
  const forget = (uri: string): void => {
    kept.get(uri)?.delete();
    kept.delete(uri);
  };
  return {
    tree(uri, languageId, text) {
      const known = kept.get(uri);
      const previous = known?.languageId === languageId ? known : undefined;
      if (previous?.text === text) {
        // Moved to the end: the map's order is the order of use.
        kept.delete(uri);
        kept.set(uri, previous);
        return previous;
      }
      // From a tree with errors tree-sitter may reuse parts that a whole parse reads otherwise, where a scanner keeps
      // indentation: 9 of 20,000 random edits of Python, 6 of which gave sound code another tree. Without: 1, and it was of broken code.
      const sound = previous?.rootNode.hasError ? undefined : previous;
      const tree = parser.parse(languageId, text, sound ? { previous: sound } : {});
      forget(uri);
      if (!tree) return undefined;
      kept.set(uri, tree);
      for (const oldest of kept.keys()) {
        if (kept.size <= capacity) break;
        forget(oldest);
      }
      return tree;
    },
    forget,
    clear() {
      for (const uri of [...kept.keys()]) forget(uri);
    },
  };
}
