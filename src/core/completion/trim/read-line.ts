import type { Lexis } from './lexis.ts';
import {
  type Bracket,
  type Closer,
  CODE,
  indentOf,
  LINE_COMMENT,
  type Mode,
  type Opener,
  type Start,
  type State,
} from './state.ts';

/** A line while it is read: where it stands in the text and what has been seen of it. */
export interface Reading {
  readonly text: string;
  readonly lexis: Lexis;
  readonly start: Start;
  /** Index of the line, for its closers. */
  readonly index: number;
  at: number;
  readonly end: number;
  mode: Mode;
  stack: Opener | undefined;
  indent: number;
  statementIndent: number;
  sawCode: boolean;
  leading: boolean;
  /** Last character of code on the line that is not white space. */
  last: string;
  readonly closers: Closer[];
}

/** Begins a line. The first line of a text goes on where `start.head` ends. */
export function beginLine(
  text: string,
  lexis: Lexis,
  start: Start,
  line: {
    readonly index: number;
    readonly from: number;
    readonly end: number;
    readonly state: State;
    readonly closers: Closer[];
  },
): Reading {
  const head = line.index === 0 ? start.head : '';
  const headCode = head.trim();
  const indent = headCode === '' ? indentOf(head) + indentOf(text.slice(line.from, line.end)) : indentOf(head);
  return {
    text,
    lexis,
    start,
    index: line.index,
    at: line.from,
    end: line.end,
    mode: line.state.mode,
    stack: line.state.stack,
    indent,
    statementIndent: headCode === '' ? indent : start.headIndent,
    sawCode: false,
    leading: headCode === '',
    last: headCode.at(-1) ?? '',
    closers: line.closers,
  };
}

export function readLine(reading: Reading): void {
  while (reading.at < reading.end) {
    switch (reading.mode.kind) {
      case 'code':
        readCode(reading);
        break;
      case 'line-comment':
        reading.at = reading.end;
        break;
      case 'comment':
        readComment(reading, reading.mode);
        break;
      case 'string':
        readString(reading, reading.mode);
        break;
    }
  }
}

function readCode(reading: Reading): void {
  const { text } = reading;
  while (reading.at < reading.end && reading.mode === CODE) {
    const unit = text.charCodeAt(reading.at);
    if (unit === SPACE || unit === TAB_UNIT || unit === RETURN) reading.at++;
    else if (isWordUnit(unit)) readWord(reading);
    else if (readBracket(reading, text.charAt(reading.at))) continue;
    else if (entersOther(reading)) return;
    else seen(reading, 1);
  }
}

/** A word in one step, which makes scanning twice as fast; but a quote may begin with a letter. */
function readWord(reading: Reading): void {
  const { text, end } = reading;
  if (opensQuote(reading)) return;
  let to = reading.at + 1;
  while (to < end && isWordUnit(text.charCodeAt(to))) to++;
  seen(reading, to - reading.at);
}

function seen(reading: Reading, length: number): void {
  reading.at += length;
  reading.last = reading.text.charAt(reading.at - 1);
  reading.sawCode = true;
  reading.leading = false;
}

function readBracket(reading: Reading, character: string): boolean {
  if (character === '(' || character === '[' || character === '{') {
    open(reading, character, undefined);
    seen(reading, 1);
    return true;
  }
  const kind = OPENER_OF[character];
  if (kind === undefined) return false;
  close(reading, kind);
  const { leading } = reading;
  seen(reading, 1);
  reading.leading = leading;
  return true;
}

function open(reading: Reading, kind: Bracket, template: Mode | undefined): void {
  reading.stack = {
    kind,
    indent: reading.statementIndent,
    at: reading.at,
    origin: reading.start.origin,
    template,
    below: reading.stack,
  };
}

function close(reading: Reading, kind: Bracket): void {
  const { stack, leading, indent, index, at } = reading;
  const mismatched = stack !== undefined && stack.kind !== kind;
  const closed = stack === undefined ? undefined : nearest(stack, kind);
  reading.closers.push({ kind, at, line: index, leading, indent, closed, mismatched });
  if (closed === undefined) return;
  reading.stack = closed.below;
  // A bracket that closes here belongs to a statement that began further up: what follows aligns with that one.
  reading.statementIndent = Math.min(reading.statementIndent, closed.indent);
  if (closed.template) reading.mode = closed.template;
}

/** The opener that a closer means: the top of the stack, or one close below it when somebody forgot a closer. */
function nearest(stack: Opener, kind: Bracket): Opener | undefined {
  let opener: Opener | undefined = stack;
  for (let depth = 0; opener && depth < 3; depth++) {
    if (opener.kind === kind) return opener;
    opener = opener.below;
  }
  return undefined;
}

/** Enters a comment, a string, a regular expression or a character literal, if one begins here. */
function entersOther(reading: Reading): boolean {
  const { text, at, lexis } = reading;
  if (lexis.lineComments.some((mark) => text.startsWith(mark, at))) {
    reading.mode = LINE_COMMENT;
    reading.at = reading.end;
    return true;
  }
  const comment = lexis.blockComments.find((candidate) => text.startsWith(candidate.open, at));
  if (comment) {
    reading.mode = { kind: 'comment', comment, depth: 1 };
    reading.at += comment.open.length;
    return true;
  }
  if (opensQuote(reading)) return true;
  if (lexis.characters && text.charAt(at) === "'") return skipMatch(reading, CHARACTER);
  if (lexis.regex && text.charAt(at) === '/' && regexMayBegin(reading)) return skipMatch(reading, REGEX);
  if (lexis.preprocessor && text.charAt(at) === '#' && reading.leading && !reading.sawCode) {
    reading.mode = LINE_COMMENT;
    reading.at = reading.end;
    return true;
  }
  return false;
}

function opensQuote(reading: Reading): boolean {
  const { text, at, lexis } = reading;
  for (const quote of lexis.quotes) {
    if (!text.startsWith(quote.open, at)) continue;
    if (!quote.hashes) {
      seen(reading, quote.open.length);
      reading.mode = { kind: 'string', quote, close: quote.close };
      return true;
    }
    if (at > 0 && isWordUnit(text.charCodeAt(at - 1))) continue;
    HASHED.lastIndex = at + 1;
    const hashed = HASHED.exec(text);
    if (!hashed) continue;
    seen(reading, 1 + hashed[0].length);
    reading.mode = { kind: 'string', quote, close: `"${hashed[0].slice(0, -1)}` };
    return true;
  }
  return false;
}

function skipMatch(reading: Reading, pattern: RegExp): boolean {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text);
  if (!found || reading.at + found[0].length > reading.end) return false;
  seen(reading, found[0].length);
  return true;
}

function regexMayBegin(reading: Reading): boolean {
  if (reading.last === '' || BEFORE_REGEX.includes(reading.last)) return true;
  const lineStart = reading.text.lastIndexOf('\n', reading.at - 1) + 1;
  return WORD_BEFORE_REGEX.test(reading.text.slice(lineStart, reading.at).trimEnd());
}

function readComment(reading: Reading, mode: Mode & { readonly kind: 'comment' }): void {
  const { text, end } = reading;
  const { comment } = mode;
  while (reading.at < end) {
    if (text.startsWith(comment.close, reading.at)) {
      reading.at += comment.close.length;
      reading.mode = mode.depth > 1 ? { ...mode, depth: mode.depth - 1 } : CODE;
      return;
    }
    if (comment.nests && text.startsWith(comment.open, reading.at)) {
      reading.at += comment.open.length;
      reading.mode = { ...mode, depth: mode.depth + 1 };
      return;
    }
    reading.at++;
  }
}

function readString(reading: Reading, mode: Mode & { readonly kind: 'string' }): void {
  const { text, end } = reading;
  const { quote, close: mark } = mode;
  while (reading.at < end) {
    const unit = text.charCodeAt(reading.at);
    if (unit === BACKSLASH && quote.raw === undefined) reading.at = Math.min(end, reading.at + 2);
    else if (text.startsWith(mark, reading.at)) {
      reading.at += mark.length;
      if (quote.raw === 'doubled' && text.startsWith(mark, reading.at)) {
        reading.at += mark.length;
        continue;
      }
      reading.last = '"';
      reading.sawCode = true;
      reading.mode = CODE;
      return;
    } else if (quote.template && unit === DOLLAR && text.charCodeAt(reading.at + 1) === BRACE) {
      reading.at++;
      open(reading, '{', mode);
      reading.at++;
      reading.last = '{';
      reading.mode = CODE;
      return;
    } else reading.at++;
  }
}

const SPACE = 32;
const TAB_UNIT = 9;
const RETURN = 13;
const BACKSLASH = 92;
const DOLLAR = 36;
const BRACE = 123;
const OPENER_OF: Readonly<Record<string, Bracket>> = { ')': '(', ']': '[', '}': '{' };
/** After one of these, or at the start of a line, `/` begins a regular expression; after anything else it divides. */
const BEFORE_REGEX = '(,=:[!&|?{};+-*%<>~^';
const WORD_BEFORE_REGEX = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;
const REGEX = /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/\w*/y;
const CHARACTER = /'(?:\\(?:u\{[^}'\n]*\}|[^\n][^'\n]{0,8})|[^\\'\n][\uDC00-\uDFFF]?)'/y;
const HASHED = /#{0,16}"/y;

const isWordUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 95 || unit > 127;
