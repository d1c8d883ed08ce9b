import { join } from 'node:path';
import { type Language, type Tree, Parser as TreeSitter, Language as TreeSitterLanguage } from 'web-tree-sitter';
import {
  editBetween,
  MAX_PARSED,
  PARSE_BUDGET_MS,
  type ParseOptions,
  type Parser,
  type SyntaxTree,
} from '../core/syntax/tree.ts';
import { type Grammar, grammarFileName, grammars } from './grammars.ts';

export interface TreeSitterOptions {
  /** Absolute path of `web-tree-sitter`'s own wasm file. */
  readonly runtime: string;
  /** Absolute path of a grammar's wasm file. */
  readonly locate: (grammar: Grammar) => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** The layout of `dist/`, where the build puts the runtime and the grammars. */
export const bundledWasm = (directory: string, now: () => number): TreeSitterOptions => ({
  runtime: join(directory, 'tree-sitter.wasm'),
  locate: (grammar) => join(directory, 'grammars', grammarFileName(grammar)),
  now,
});

/** The layout of `node_modules/`, for tests and scripts that run from source. */
export const installedWasm = (modules: string, now: () => number): TreeSitterOptions => ({
  runtime: join(modules, 'web-tree-sitter', 'tree-sitter.wasm'),
  locate: (grammar) => join(modules, grammar.package, grammar.file),
  now,
});

/** A parser on web-tree-sitter. Nothing is loaded before the first `load`; a grammar that cannot be read rejects it. */
export function createTreeSitter(options: TreeSitterOptions): Parser {
  // By grammar, which languages can share.
  const loading = new Map<Grammar['file'], Promise<Language>>();
  const languages = new Map<string, Language>();
  // What the core calls a tree is a plain object; this is the way back to the parser's own.
  const originals = new WeakMap<SyntaxTree, Tree>();
  let starting: Promise<void> | undefined;
  let parser: TreeSitter | undefined;

  const start = (): Promise<void> =>
    (starting ??= TreeSitter.init({ locateFile: () => options.runtime }).then(() => {
      parser = new TreeSitter();
    }));

  const loadOnce = (grammar: Grammar): Promise<Language> => {
    const known = loading.get(grammar.file) ?? start().then(() => TreeSitterLanguage.load(options.locate(grammar)));
    loading.set(grammar.file, known);
    return known;
  };

  return {
    async load(languageId) {
      const grammar = Object.hasOwn(grammars, languageId) ? grammars[languageId] : undefined;
      if (!grammar) return false;
      languages.set(languageId, await loadOnce(grammar));
      return true;
    },
    parse(languageId, text, { previous, budgetMs = PARSE_BUDGET_MS }: ParseOptions = {}) {
      const language = languages.get(languageId);
      if (!parser || !language || text.length > MAX_PARSED) return undefined;
      parser.setLanguage(language);
      const old =
        previous && previous.languageId === languageId ? edited(previous, originals.get(previous), text) : null;
      const deadline = options.now() + budgetMs;
      const parsed = parser.parse(text, old, { progressCallback: () => options.now() > deadline });
      old?.delete();
      if (!parsed) {
        // Otherwise the next parse would go on with this text.
        parser.reset();
        return undefined;
      }
      const tree: SyntaxTree = { languageId, text, rootNode: parsed.rootNode, delete: () => parsed.delete() };
      originals.set(tree, parsed);
      return tree;
    },
  };
}

/** A copy of a tree, moved to where its nodes stand in the new text. */
function edited(previous: SyntaxTree, original: Tree | undefined, text: string): Tree | null {
  if (!original) return null;
  const copy = original.copy();
  const edit = editBetween(previous.text, text);
  if (edit) copy.edit(edit);
  return copy;
}
