import type { Token, Tokens } from 'marked';
import { decodeEntities } from './entities.ts';
import type { Inline } from './protocol.ts';

/** Inline tokens of the lexer as pieces of running text, with neighbouring plain text joined. */
export function inlinesOf(tokens: readonly Token[], show: (text: string) => string): readonly Inline[] {
  const inlines: Inline[] = [];
  let text = '';
  const flush = (): void => {
    inlines.push(...withCitations(text, show));
    text = '';
  };
  for (const token of tokens) {
    const literal = literalOf(token);
    if (literal !== undefined) {
      text += literal;
      continue;
    }
    flush();
    const inline = inlineOf(token, show);
    if (inline) inlines.push(inline);
  }
  flush();
  return inlines;
}

/** What is plain text to us: text, escapes, raw HTML, images, and links that are not to the web. */
function literalOf(token: Token): string | undefined {
  switch (token.type) {
    case 'text':
      return token.tokens ? undefined : decodeEntities(token.text);
    case 'escape':
      return token.text;
    case 'html':
      return /^<br\s*\/?>$/i.test(token.raw) ? undefined : token.raw;
    case 'image':
      return `${decodeEntities(token.text)} (${decodeEntities(token.href)})`;
    case 'link': {
      const text = labelOf(token);
      const target = decodeEntities(token.href);
      if (webAddress(target) !== undefined) return undefined;
      return text === target || token.autolink === true ? text : `${text} (${target})`;
    }
    default:
      return undefined;
  }
}

function inlineOf(token: Token, show: (text: string) => string): Inline | undefined {
  switch (token.type) {
    case 'codespan':
      return { kind: 'code', text: show(token.text) };
    case 'strong':
      return { kind: 'strong', inlines: inlinesOf(token.tokens ?? [], show) };
    case 'em':
      return { kind: 'emphasis', inlines: inlinesOf(token.tokens ?? [], show) };
    case 'del':
      return { kind: 'struck', inlines: inlinesOf(token.tokens ?? [], show) };
    case 'br':
    case 'html':
      return { kind: 'break' };
    case 'link': {
      const href = webAddress(decodeEntities(token.href));
      return href === undefined ? undefined : { kind: 'link', text: show(labelOf(token)), href };
    }
    case 'checkbox':
      return undefined;
    default:
      return { kind: 'text', text: show(token.raw) };
  }
}

/** The words of a link; pictures inside it count with their description. */
function labelOf(token: Tokens.Generic): string {
  const words = (token.tokens ?? []).map((inner) =>
    inner.type === 'image'
      ? (literalOf(inner) ?? '')
      : 'tokens' in inner && inner.tokens
        ? labelOf(inner)
        : literalText(inner),
  );
  return words.join('') || decodeEntities(String(token.text ?? token.raw));
}

const literalText = (token: Token): string => literalOf(token) ?? ('text' in token ? String(token.text) : token.raw);

/**
 * An http or https address in its normal form, where look-alike hosts show as `xn--`; undefined for every other scheme,
 * for relative addresses and for those with a user before the host, which only deceive.
 */
export function webAddress(target: string): string | undefined {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  return url.username === '' && url.password === '' && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** `[src/a.ts:40]` and `[src/a.ts:40-66]`. A path holds a dot or a slash, so that `[note:3]` stays text. */
const CITATION = /\[([^[\]:\n]{0,200}[./][^[\]:\n]{0,200}):L?(\d{1,7})(?:[-–]L?(\d{1,7}))?\]/g;

function withCitations(text: string, show: (text: string) => string): readonly Inline[] {
  const inlines: Inline[] = [];
  let from = 0;
  const push = (piece: string): void => {
    if (piece !== '') inlines.push({ kind: 'text', text: show(piece) });
  };
  for (const found of text.matchAll(CITATION)) {
    const [whole, path = '', first = '', last = first] = found;
    push(text.slice(from, found.index));
    const line = Math.max(1, Number(first));
    inlines.push({ kind: 'citation', path: show(path), first: line, last: Math.max(line, Number(last)) });
    from = found.index + whole.length;
  }
  push(text.slice(from));
  return inlines;
}
