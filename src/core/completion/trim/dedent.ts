import type { Answer } from './answer.ts';
import type { Place } from './place.ts';
import type { Line } from './state.ts';

/** In a language of indents: ends the answer before the first line that leaves the enclosing declaration, or stands further left than the code that follows. */
export function cutAtDedent(answer: Answer, end: number): number {
  const { place, scan } = answer;
  if (!place.lexis.indented) return end;
  const left = Math.max(bodyIndent(answer), nextIndent(place, scan.lines[0]?.indent ?? 0));
  let cut = 0;
  for (const [index, line] of scan.lines.entries()) {
    if (line.start >= end) break;
    if (line.blank) continue;
    if (index > 0 && isStatement(line) && line.indent < left && !startsWithCloser(answer.text, line)) return cut;
    cut = line.end;
  }
  return end;
}

const DECLARATION = /^\s*(?:async\s+)?(?:def|class)\b/;

/** Column that a line must reach to stay inside the declaration that encloses the cursor. */
function bodyIndent(answer: Answer): number {
  const { place, scan } = answer;
  const { text, lines } = place.prefix;
  let column = outermost(place) ?? scan.lines[0]?.indent ?? 0;
  const onDeclaration = DECLARATION.test(place.head);
  for (let index = lines.length - (onDeclaration ? 1 : 2); index >= 0 && column > 0; index--) {
    const line = lines[index];
    if (!line || line.blank || line.bare || line.before.mode.kind !== 'code' || line.indent >= column) continue;
    column = line.indent;
    if (DECLARATION.test(text.slice(line.start, line.end))) return column + 1;
  }
  return onDeclaration ? column : 0;
}

/** Column of the first line of code after the cursor, as far as it belongs to the cursor's block or one around it. */
function nextIndent(place: Place, cursor: number): number {
  const next = place.after.scan.lines.find((line) => line.start > 0 && !line.blank && !line.bare && isStatement(line));
  if (
    !next ||
    /^\s*(?:[)\]}]|else\b|elif\b|except\b|finally\b)/.test(place.after.scan.text.slice(next.start, next.end))
  )
    return 0;
  return Math.min(next.indent, cursor);
}

/** Column of the statement whose brackets enclose the cursor. */
function outermost(place: Place): number | undefined {
  let opener = place.start.state.stack;
  while (opener?.below) opener = opener.below;
  return opener?.indent;
}

const isStatement = (line: Line): boolean => line.before.mode.kind === 'code' && line.before.stack === undefined;
const startsWithCloser = (text: string, line: Line): boolean => /^\s*[)\]}]/.test(text.slice(line.start, line.end));
