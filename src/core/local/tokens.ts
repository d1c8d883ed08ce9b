import { PLACEHOLDER } from '../redaction/vault.ts';

/**
 * A token of the n-gram model: a word, a number, a sign or a line feed, with one space before it when there is white space. Indents do
 * not count, so that the same code matches at another depth.
 */
export type Token = string;

export const LINE_FEED: Token = '\n';
/** Stands where a placeholder stood: it matches nothing and is never proposed, since a secret belongs to its own document. */
export const GAP: Token = '\u0000';

/** Yields the tokens of a text in order. */
export function* tokensOf(text: string): Generator<Token> {
  let atLineStart = true;
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (isSpace(text.charCodeAt(at))) at++;
    if (at >= text.length) return;
    if (text.charCodeAt(at) === FEED) {
      if (!atLineStart) yield LINE_FEED;
      atLineStart = true;
      at++;
      continue;
    }
    const end = tokenEnd(text, at);
    const space = at > start && !atLineStart ? ' ' : '';
    yield isPlaceholder(text, at, end) ? GAP : space + text.slice(at, end);
    atLineStart = false;
    at = end;
  }
}

function tokenEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isWordUnit(text.charCodeAt(end))) end++;
  return end > from ? end : from + 1;
}

const whole = new RegExp(`^${PLACEHOLDER.source}$`);
const isPlaceholder = (text: string, from: number, end: number): boolean =>
  text.startsWith('REDACTED_', from) && whole.test(text.slice(from, end));

const FEED = 10;
const isSpace = (unit: number): boolean => unit === 32 || unit === 9 || unit === 13;
/** Letters, digits, `_`, `$`, and everything beyond ASCII, which is letters for the most part. */
const isWordUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit === 95 ||
  unit === 36 ||
  unit > 127;
