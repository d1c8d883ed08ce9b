import type { BlockComment, Quote } from './lexis.ts';

/** Where a scanner stands: in code, or inside a comment or a string that ends with `close`. */
export type Mode =
  | { readonly kind: 'code' }
  | { readonly kind: 'line-comment' }
  | { readonly kind: 'comment'; readonly comment: BlockComment; readonly depth: number }
  | { readonly kind: 'string'; readonly quote: Quote; readonly close: string };

export const CODE: Mode = { kind: 'code' };
export const LINE_COMMENT: Mode = { kind: 'line-comment' };

/** Which of the three texts something stands in. */
export type Origin = 'prefix' | 'answer' | 'suffix';

export type Bracket = '(' | '[' | '{';

/** An opening bracket that nothing has closed yet. A stack is its top; it shares its lower part with other stacks. */
export interface Opener {
  readonly kind: Bracket;
  /** Column of the statement that it belongs to, with which its closer is aligned. */
  readonly indent: number;
  /** Offset in the text that holds it. */
  readonly at: number;
  readonly origin: Origin;
  /** The template string to which the closer of this `${` returns. */
  readonly template: Mode | undefined;
  readonly below: Opener | undefined;
}

export interface State {
  readonly mode: Mode;
  readonly stack: Opener | undefined;
}

export const NOTHING_OPEN: State = { mode: CODE, stack: undefined };

export interface Closer {
  readonly kind: Bracket;
  readonly at: number;
  /** Index of its line. */
  readonly line: number;
  /** Only white space or other closers stand before it on its line. */
  readonly leading: boolean;
  /** Column of the first character of its line. */
  readonly indent: number;
  /** What it closed; undefined when nothing in the scanned text was open. */
  readonly closed: Opener | undefined;
  /** The opener on top of the stack was of another kind. */
  readonly mismatched: boolean;
}

export interface Line {
  readonly start: number;
  /** Offset of its line feed, or of the end of the text. */
  readonly end: number;
  /** Columns of white space before its first character; a tab counts four. */
  readonly indent: number;
  readonly blank: boolean;
  /** Holds no code: blank, comment, or the inside of a comment or of a string over several lines. */
  readonly bare: boolean;
  readonly before: State;
  readonly after: State;
}

export interface Scan {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly closers: readonly Closer[];
  /** How many strings were cut off by the end of their line. */
  readonly broken: number;
  readonly end: State;
  /** Column of the statement to which the last line belongs. */
  readonly endIndent: number;
}

/** How a scan begins. */
export interface Start {
  readonly state: State;
  readonly origin: Origin;
  /** The beginning of the first line, when the text continues one. */
  readonly head: string;
  /** Column of the statement that the first line continues. */
  readonly headIndent: number;
}

const TAB = 4;

export function indentOf(line: string, from = 0): number {
  let columns = 0;
  for (let at = from; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (unit === 32) columns++;
    else if (unit === 9) columns += TAB;
    else break;
  }
  return columns;
}
