/**
 * What is too large to load while the editor starts. Each is a bundle of its own beside the main one, which
 * esbuild.mjs builds and loads at the first call; in tests these are the plain source files. A static import of one of
 * them fails the build.
 */

export const loadOpenAi = () => import('./openai-compatible.ts');

/** With the AWS SDK, the largest of all. */
export const loadBedrock = () => import('./bedrock.ts');

export const loadTreeSitter = () => import('web-tree-sitter');
