import { Marked, type Token, type Tokens } from 'marked';
import { decodeEntities } from './entities.ts';
import { inlinesOf } from './inlines.ts';
import type { Block, ListItem } from './protocol.ts';
import { visible } from './visible.ts';

/** Turns a piece of the answer into what is shown of it, such as a placeholder into its value. */
export type Show = (text: string) => string;

/** Longest answer that is read as Markdown, in UTF-16 units; the lexer is quadratic in places (300 ms for 16 KB of `_a`). */
const MARKDOWN_MAX = 100_000;
/** Deepest nesting of lists and quotes that is built; what is deeper is shown as its source. */
const DEPTH_MAX = 8;

const marked = new Marked({ gfm: true });

/**
 * The blocks of an answer. HTML and images become text, and only http and https addresses become links.
 *
 * The text is read as it came, still redacted, and `show` is applied to what is displayed and never to an address:
 * a restored secret can neither be taken for Markdown nor leave inside a link. Never throws.
 */
export function blocksOf(text: string, show: Show = (same) => same): readonly Block[] {
  const tokens = lexed(text);
  if (tokens === undefined) return [paragraphOf(text, show)];
  const reading: Reading = { show: (piece) => visible(show(piece)), codeBlocks: 0 };
  return blocksOfTokens(tokens, reading, 0);
}

/** What is carried through one reading: how to show text, and how many code blocks were met. */
interface Reading {
  readonly show: Show;
  codeBlocks: number;
}

/** Undefined when the text is too long or nested too deeply for the lexer, which then runs out of stack. */
function lexed(text: string): readonly Token[] | undefined {
  if (text.length > MARKDOWN_MAX) return undefined;
  try {
    return marked.lexer(text);
  } catch {
    return undefined;
  }
}

const blocksOfTokens = (tokens: readonly Token[], reading: Reading, depth: number): readonly Block[] =>
  tokens.flatMap((token) => blockOf(token, reading, depth) ?? []);

function blockOf(token: Token, reading: Reading, depth: number): Block | undefined {
  const { show } = reading;
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return undefined;
    case 'heading':
      return { kind: 'heading', depth: token.depth, inlines: inlinesOf(token.tokens ?? [], show) };
    case 'code':
      return codeBlockOf(token as Tokens.Code, reading);
    case 'hr':
      return { kind: 'rule' };
    case 'table':
      return tableOf(token as Tokens.Table, show);
    case 'blockquote':
      if (depth >= DEPTH_MAX) return paragraphOf(token.raw, show);
      return { kind: 'quote', blocks: blocksOfTokens(token.tokens ?? [], reading, depth + 1) };
    case 'list':
      if (depth >= DEPTH_MAX) return paragraphOf(token.raw, show);
      return listOf(token as Tokens.List, reading, depth);
    case 'paragraph':
    case 'text':
      return { kind: 'paragraph', inlines: inlinesOf(token.tokens ?? [token], show) };
    default:
      return paragraphOf(token.raw, show);
  }
}

const paragraphOf = (text: string, show: Show): Block => ({
  kind: 'paragraph',
  inlines: [{ kind: 'text', text: show(text.trim()) }],
});

function listOf(list: Tokens.List, reading: Reading, depth: number): Block {
  const items = list.items.map((item): ListItem => {
    const blocks = blocksOfTokens(item.tokens, reading, depth + 1);
    return item.task ? { checked: item.checked === true, blocks } : { blocks };
  });
  return { kind: 'list', ordered: list.ordered, start: Number(list.start) || 1, items };
}

function tableOf(table: Tokens.Table, show: Show): Block {
  return {
    kind: 'table',
    alignments: table.align.map((alignment) => alignment ?? undefined),
    header: table.header.map((cell) => inlinesOf(cell.tokens, show)),
    rows: table.rows.map((row) => row.map((cell) => inlinesOf(cell.tokens, show))),
  };
}

function codeBlockOf(token: Tokens.Code, reading: Reading): Block {
  const { language, path } = fenceWords(decodeEntities(token.lang ?? ''));
  return {
    kind: 'code',
    number: reading.codeBlocks++,
    language: reading.show(language),
    ...(path === undefined ? {} : { path: reading.show(path) }),
    text: reading.show(token.text),
  };
}

/**
 * The words after a fence: ` ```ts src/a.ts`, ` ```ts:src/a.ts`, ` ```src/a.ts` and ` ```ts title="src/a.ts"` all name
 * a file.
 */
function fenceWords(words: string): { readonly language: string; readonly path: string | undefined } {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  if (/[./\\]/.test(first) && !first.includes(':')) return { language: extensionOf(first), path: first };
  const [language = '', attached] = first.split(/:(.*)/s);
  const named = (attached || rest.join(' '))
    .replace(/^(?:title|file|filename|path)=/, '')
    .replaceAll(/^["'{]|["'}]$/g, '');
  return { language, path: /^[^\s=]*[./][^=]*$/.test(named) ? named : undefined };
}

const extensionOf = (path: string): string => /\.([a-z0-9]+)$/i.exec(path)?.[1] ?? '';

/** The code blocks of an answer in the order of their numbers, with the text as it came. */
export function codeBlocksOf(
  text: string,
): readonly { readonly path: string | undefined; readonly language: string; readonly text: string }[] {
  const found: { path: string | undefined; language: string; text: string }[] = [];
  const collect = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.kind === 'code') found[block.number] = { path: block.path, language: block.language, text: block.text };
      if (block.kind === 'quote') collect(block.blocks);
      if (block.kind === 'list') for (const item of block.items) collect(item.blocks);
    }
  };
  const tokens = lexed(text);
  if (tokens) collect(blocksOfTokens(tokens, { show: (same) => same, codeBlocks: 0 }, 0));
  return found;
}
