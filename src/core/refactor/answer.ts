import { revealMarkers } from '../prompt/families.ts';
import { focusMarks, rangeMarks, revealRefactorMarks } from '../prompt/refactor.ts';
import type { StopReason } from '../provider/provider.ts';
import { fencedBlocks } from './fences.ts';
import { reindented } from './indentation.ts';

/**
 * - `empty`: no code came. `no-code`: words came instead of code. `unchanged`: the code that came is what stands there.
 * - `cut`: the answer ended inside its code, so applying it would lose the rest.
 */
export type AnswerProblem = 'empty' | 'no-code' | 'unchanged' | 'cut';

export type Replacement =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: AnswerProblem };

/**
 * The new text of a range out of a model's answer. Both texts are redacted and may have any line ends; the result has
 * `\n`, the indentation of the original's lines and, like the original, blank lines or none at its edges.
 */
export function replacementFrom(answer: string, original: string, reason: StopReason): Replacement {
  const before = withNewlines(original);
  const found = codeFrom(answer, before, reason);
  if (!found.ok) return found;
  const text = withEdgesOf(before, reindented(cleaned(found.text), before));
  if (text.trim() === '') return { ok: false, problem: 'empty' };
  return text === before ? { ok: false, problem: 'unchanged' } : { ok: true, text };
}

/** A whole file, or lines to add to one, out of a model's answer: `\n` line ends, one at the end. */
export function fileFrom(answer: string, reason: StopReason): Replacement {
  const found = codeFrom(answer, '', reason);
  if (!found.ok) return found;
  const text = trimBlankLines(cleaned(found.text));
  return text === '' ? { ok: false, problem: 'empty' } : { ok: true, text: `${text}\n` };
}

/** The same text with another line end. */
export const withLineEnds = (text: string, eol: '\n' | '\r\n'): string => withNewlines(text).replaceAll('\n', eol);

const withNewlines = (text: string): string => text.replace(/\r\n?/g, '\n');

function codeFrom(answer: string, original: string, reason: StopReason): Replacement {
  const text = withNewlines(answer);
  if (text.trim() === '') return { ok: false, problem: reason === 'stop' ? 'empty' : 'cut' };
  const blocks = fencedBlocks(text, /^\s*(`{3,}|~{3,})/m.test(original));
  const block = blocks.find(({ content }) => content.trim() !== original.trim()) ?? blocks[0];
  if (block) {
    if (!block.closed && reason !== 'stop') return { ok: false, problem: 'cut' };
    return { ok: true, text: block.content };
  }
  if (reason !== 'stop') return { ok: false, problem: 'cut' };
  return looksLikeCode(text, original) ? { ok: true, text: withoutPreamble(text) } : { ok: false, problem: 'no-code' };
}

/** An answer without a fence is taken as code when a line of it stands in the original or ends as only code does. */
function looksLikeCode(text: string, original: string): boolean {
  if (text.includes(rangeMarks.start)) return true;
  const known = new Set(original.split('\n').map((line) => line.trim()));
  return text
    .split('\n')
    .map((line) => line.trim())
    .some((line) => line.length > 2 && (known.has(line) || /[;{}()[\]=]$|\):$|=>$/.test(line)));
}

/** Without a first line such as `Here is the code:`. */
const withoutPreamble = (text: string): string =>
  text.replace(/^\s*(?:sure|certainly|of course|okay|here)\b[^\n]*[:.!]\s*\n+/i, '');

/** Without the prompt's marks, but with those that stood in the source and were neutralised. */
const cleaned = (text: string): string => revealRefactorMarks(revealMarkers(betweenMarks(text)));

/** What stands between the marks if both were repeated; in any case without marks. */
function betweenMarks(text: string): string {
  const start = text.indexOf(rangeMarks.start);
  const end = text.lastIndexOf(rangeMarks.end);
  const inside = start >= 0 && end > start ? text.slice(start + rangeMarks.start.length, end) : text;
  return inside.replace(MARK_LINE, '').replace(MARK, '');
}

const anyMark = [...Object.values(rangeMarks), ...Object.values(focusMarks)].join('|');
const MARK_LINE = new RegExp(`^[ \\t]*(?:${anyMark})[ \\t]*\\n`, 'gm');
const MARK = new RegExp(anyMark, 'g');

/** Blank lines at both edges as the original has them: models drop them or add some. */
function withEdgesOf(original: string, text: string): string {
  if (original.trim() === '') return trimBlankLines(text);
  const leading = /^(?:[ \t]*\n)*/.exec(original)?.[0] ?? '';
  const trailing = /(?:\n[ \t]*)*$/.exec(original)?.[0] ?? '';
  return leading + trimBlankLines(text) + trailing;
}

const trimBlankLines = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').replace(/\s+$/, '');
