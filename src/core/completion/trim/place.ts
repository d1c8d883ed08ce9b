import { type Lexis, lexisOf } from './lexis.ts';
import { isCode, isText, linesOf } from './lines.ts';
import { scan } from './scan.ts';
import { CODE, type Mode, NOTHING_OPEN, type Scan, type Start } from './state.ts';

/** How much of the document around the cursor counts: about two screens before it and one after. */
const LINES_BEFORE = 60;
const LINES_AFTER = 36;
/** A line can be long, and then fewer of them will do. */
const CHARACTERS = 12_000;

/** The code around the cursor, scanned once and then asked about many answers. */
export interface Place {
  readonly languageId: string;
  readonly lexis: Lexis;
  readonly prefix: Scan;
  /** The suffix as far as it counts. */
  readonly suffix: string;
  readonly after: Following;
  /** The window surely reaches the end of the document: it is not even full. */
  readonly suffixComplete: boolean;
  /** The cursor line before and after the cursor. */
  readonly head: string;
  readonly tail: string;
  /** The last line before the cursor line that is not blank. */
  readonly lineAbove: string;
  /** How an answer is scanned. */
  readonly start: Start;
}

/** The suffix, scanned as code that follows code, and its lines after the cursor line for comparison. */
export interface Following {
  readonly scan: Scan;
  readonly code: readonly string[];
  readonly text: readonly string[];
}

export function placeOf(prefix: string, suffix: string, languageId: string): Place {
  const lexis = lexisOf(languageId);
  const last = lastLines(prefix);
  const next = firstLines(suffix);
  const before = withoutReturns(last);
  const after = withoutReturns(next);
  const whole = last.length === prefix.length && lineCount(before) < LINES_BEFORE;
  const scanned = scanPrefix(before, whole, { lexis, after });
  const lineStart = before.lastIndexOf('\n') + 1;
  const head = before.slice(lineStart);
  const feed = after.indexOf('\n');
  return {
    languageId,
    lexis,
    prefix: scanned,
    suffix: after,
    after: following(after, lexis),
    suffixComplete: next.length === suffix.length && lineCount(after) < LINES_AFTER,
    head,
    tail: feed < 0 ? after : after.slice(0, feed),
    lineAbove: before.slice(0, lineStart).trimEnd().split('\n').at(-1) ?? '',
    start: { state: scanned.end, origin: 'answer', head, headIndent: scanned.endIndent },
  };
}

function following(suffix: string, lexis: Lexis): Following {
  const scanned = scan(suffix, lexis, { state: NOTHING_OPEN, origin: 'suffix', head: '', headIndent: 0 });
  const rest = { first: false, end: suffix.length };
  return { scan: scanned, code: linesOf(scanned, isCode, rest).texts, text: linesOf(scanned, isText, rest).texts };
}

const withoutReturns = (text: string): string => text.replaceAll('\r\n', '\n');

const lineCount = (text: string): number => text.split('\n').length;

function lastLines(text: string): string {
  let from = text.length;
  for (let lines = 0; lines < LINES_BEFORE && from > 0; lines++) from = text.lastIndexOf('\n', from - 2) + 1;
  if (text.length - from > CHARACTERS) from = text.length - CHARACTERS;
  return text.slice(from);
}

function firstLines(text: string): string {
  let to = 0;
  for (let lines = 0; lines < LINES_AFTER && to < text.length; lines++) {
    const feed = text.indexOf('\n', to);
    to = feed < 0 ? text.length : feed + 1;
  }
  return text.slice(0, Math.min(to, CHARACTERS));
}

/** A window may begin inside a comment or a string. Of the ways to begin, the one that makes most sense of the window wins. */
function scanPrefix(text: string, whole: boolean, { lexis, after }: { lexis: Lexis; after: string }): Scan {
  const from = (mode: Mode) =>
    scan(text, lexis, { state: { mode, stack: undefined }, origin: 'prefix', head: '', headIndent: 0 });
  if (whole) return scan(text, lexis, { state: NOTHING_OPEN, origin: 'prefix', head: '', headIndent: 0 });
  for (const comment of lexis.blockComments) {
    if (endsComment(text, comment.open, comment.close)) return from({ kind: 'comment', comment, depth: 1 });
  }
  let best = from(CODE);
  for (const quote of lexis.quotes) {
    if (!quote.multiline || quote.hashes || !text.includes(quote.close)) continue;
    const other = from({ kind: 'string', quote, close: quote.close });
    if (strangeness(other, after) < strangeness(best, after)) best = other;
  }
  return best;
}

/** A comment ends in the text before one begins: the closing mark stands at the end of its line, as it does in code that people write. */
function endsComment(text: string, open: string, close: string): boolean {
  const end = text.search(new RegExp(`${close.replace(/[*+?^$.()|[\]\\]/g, '\\$&')}[ \\t]*$`, 'm'));
  if (end < 0) return false;
  const begin = text.indexOf(open);
  return begin < 0 || begin >= end;
}

/** A string that is still open at the cursor and has no end after it. */
const NEVER_ENDS = 20;
const PROSE = /^\s*[A-Za-z][\w'-]*,?(?: [\w'`,-]+){3,}[.:,]?\s*$/;
const CODE_LIKE = /[;{}]\s*$|^\s*(?:def|return|if|for|import|from|class|raise|self\.)\b.*[:)\w]$/;

function strangeness(scanned: Scan, after: string): number {
  const { mode } = scanned.end;
  let strange = 2 * scanned.broken;
  if (mode.kind === 'string' && mode.quote.multiline) strange += after.includes(mode.close) ? 1 : NEVER_ENDS;
  for (const closer of scanned.closers) if (closer.mismatched) strange += 2;
  for (const line of scanned.lines) {
    if (line.blank) continue;
    const text = scanned.text.slice(line.start, line.end);
    const inside = line.before.mode.kind === 'string';
    if (!inside && !line.bare && PROSE.test(text)) strange++;
    if (inside && CODE_LIKE.test(text)) strange++;
  }
  return strange;
}
