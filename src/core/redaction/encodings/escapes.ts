import { createViewBuilder, type View } from '../engine/view.ts';

/** What makes a line worth decoding: an escape of a printable character. */
const TRIGGER = /\\u00[2-7]|\\x[2-7]|\\["/]|%[2-7][0-9A-Fa-f]|&#x?\d|&quot;|&amp;/g;
const ESCAPE =
  /\\u\{?([0-9A-Fa-f]{4})\}?|\\x([0-9A-Fa-f]{2})|\\([nrtbf"'/\\])|%([2-7][0-9A-Fa-f])|&#x([0-9A-Fa-f]{1,6});|&#(\d{1,7});|&(quot|amp|lt|gt|apos);/g;
const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: ' ',
  f: ' ',
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
};
/** Longest line that is decoded; longer ones are taken in pieces that overlap. */
const PIECE = 8192;
const OVERLAP = 1024;

/** Each line that holds escapes, decoded once. */
export function* escapedViews(text: string): Generator<View> {
  TRIGGER.lastIndex = 0;
  let from = 0;
  for (let found = next(text, from); found !== undefined; found = next(text, from)) {
    const lineStart = Math.max(from, text.lastIndexOf('\n', found) + 1);
    const newline = text.indexOf('\n', found);
    const lineEnd = newline < 0 ? text.length : newline;
    const start = Math.max(lineStart, found - OVERLAP);
    const end = Math.min(lineEnd, start + PIECE);
    yield decoded(text, start, end);
    from = end < lineEnd ? Math.max(found + 1, end - OVERLAP) : end;
  }
}

function next(text: string, from: number): number | undefined {
  TRIGGER.lastIndex = from;
  return TRIGGER.exec(text)?.index;
}

function decoded(text: string, start: number, end: number): View {
  const builder = createViewBuilder();
  const line = text.slice(start, end);
  let from = 0;
  for (const found of line.matchAll(ESCAPE)) {
    builder.copy(text, start + from, start + found.index);
    from = found.index + found[0].length;
    builder.add(characterOf(found), start + found.index, start + from);
  }
  builder.copy(text, start + from, end);
  return builder.build();
}

function characterOf(found: RegExpExecArray): string {
  const hex = found[1] ?? found[2] ?? found[4] ?? found[5];
  if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
  if (found[6] !== undefined) return fromCode(Number(found[6]));
  const name = found[3] ?? found[7] ?? '';
  return NAMED[name] ?? name;
}

const fromCode = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ');
