import type { Parser } from '../core/syntax/tree.ts';

/**
 * What is too large to load while the editor starts. esbuild makes a chunk of its own of each imported file, which
 * loads at the first call. The architecture test sees to it that nothing imports one of them statically.
 */

export const loadOpenAi = () => import('./openai-compatible.ts');

/** With the AWS SDK, the largest of all. */
export const loadBedrock = () => import('./bedrock.ts');

/**
 * A parser whose code is loaded at the first `load`, before which no parser gives a tree anyway.
 * `dist` is the absolute path of the build's folder; `now` gives monotonic milliseconds.
 */
export function lazyTreeSitter(dist: string, now: () => number): Parser {
  let loading: Promise<Parser> | undefined;
  let loaded: Parser | undefined;
  const start = async (): Promise<Parser> => {
    const { bundledWasm, createTreeSitter } = await import('./tree-sitter.ts');
    return createTreeSitter(bundledWasm(dist, now));
  };
  return {
    async load(languageId) {
      loading ??= start();
      loaded = await loading;
      return loaded.load(languageId);
    },
    parse: (languageId, text, options) => loaded?.parse(languageId, text, options),
  };
}
