import { PLACEHOLDER } from '../redaction/vault.ts';

/**
 * A token of the n-gram model: a word, a number, a sign or a line feed, with one space before it when there is white space. Indents do
 * not count, so that the same code matches at another depth.
 */
export type Token = string;

export const LINE_FEED: Token = '\n';
/** Stands where a placeholder stood: it matches nothing and is never proposed, since a secret belongs to its own document. */
export const GAP: Token = '\u0000';

const PIECES = new RegExp(`(${PLACEHOLDER.source})|(\\n)|([ \\t]*)([\\p{L}\\p{N}_$]+|[^\\s])`, 'gu');

/** Yields the tokens of a text in order. */
export function* tokensOf(text: string): Generator<Token> {
  let atLineStart = true;
  for (const found of text.matchAll(PIECES)) {
    const [, placeholder, feed, space, piece] = found;
    if (placeholder !== undefined) yield GAP;
    else if (feed !== undefined) {
      if (!atLineStart) yield LINE_FEED;
      atLineStart = true;
      continue;
    } else yield space === '' || atLineStart ? (piece ?? '') : ` ${piece}`;
    atLineStart = false;
  }
}
