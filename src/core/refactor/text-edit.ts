import type { LineEdit } from './hunks.ts';

/** A replacement as editors take it: positions in the text before it, text with line ends. */
export interface TextEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

/** An edit of lines in an editor's terms. The last line of a text has no end of its own, so an edit there takes the end before it. */
export function textEditOf(edit: LineEdit, lines: readonly string[], eol: '\n' | '\r\n'): TextEdit {
  if (edit.end < lines.length) {
    const text = edit.lines.map((line) => line + eol).join('');
    return { startLine: edit.start, startCharacter: 0, endLine: edit.end, endCharacter: 0, text };
  }
  const end = { endLine: lines.length - 1, endCharacter: lines.at(-1)?.length ?? 0 };
  if (edit.start === 0) return { startLine: 0, startCharacter: 0, ...end, text: edit.lines.join(eol) };
  const before = edit.start - 1;
  const text = edit.lines.map((line) => eol + line).join('');
  return { startLine: before, startCharacter: lines[before]?.length ?? 0, ...end, text };
}
