import type { Lexis } from './lexis.ts';
import { beginLine, readLine } from './read-line.ts';
import { type Closer, CODE, type Line, type Scan, type Start, type State } from './state.ts';

/** Reads a text line by line and says where each line begins and ends. Never fails: any text has a scan. */
export function scan(text: string, lexis: Lexis, start: Start): Scan {
  const lines: Line[] = [];
  const closers: Closer[] = [];
  let broken = 0;
  let state = start.state;
  let from = 0;
  for (;;) {
    const feed = text.indexOf('\n', from);
    const end = feed < 0 ? text.length : feed;
    const reading = beginLine(text, lexis, start, { index: lines.length, from, end, state, closers });
    readLine(reading);
    const after = { mode: reading.mode, stack: reading.stack };
    const blank = text.slice(from, end).trim() === '' && (lines.length > 0 || start.head.trim() === '');
    lines.push({ start: from, end, indent: reading.indent, blank, bare: !reading.sawCode, before: state, after });
    if (feed < 0) return { text, lines, closers, broken, end: after, endIndent: reading.statementIndent };
    state = overLineEnd(after, text.charAt(end - 1) === '\\');
    if (after.mode.kind === 'string' && state.mode === CODE) broken++;
    from = end + 1;
  }
}

/** The state at an offset of a scanned text. */
export function stateAt(scanned: Scan, at: number, lexis: Lexis, start: Start): State {
  const index = lineIndexAt(scanned, at);
  const line = scanned.lines[index];
  if (!line) return scanned.end;
  if (at >= line.end) return line.after;
  if (at <= line.start) return line.before;
  const reading = beginLine(scanned.text, lexis, start, {
    index,
    from: line.start,
    end: at,
    state: line.before,
    closers: [],
  });
  readLine(reading);
  return { mode: reading.mode, stack: reading.stack };
}

/** Index of the line that holds an offset. */
export function lineIndexAt(scanned: Scan, at: number): number {
  let low = 0;
  let high = scanned.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((scanned.lines[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function overLineEnd(state: State, escaped: boolean): State {
  const { mode } = state;
  if (mode.kind === 'line-comment') return { mode: CODE, stack: state.stack };
  if (mode.kind === 'string' && !mode.quote.multiline && !escaped) return { mode: CODE, stack: state.stack };
  return state;
}
