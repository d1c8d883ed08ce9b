import { PLACEHOLDER } from '../redaction/vault.ts';

/** What was counted in a document before the change and after it. */
export interface Counts {
  /** Syntax errors; undefined where the language has no grammar. */
  readonly syntaxErrors: number | undefined;
  /** Errors and warnings that the editor's language tools report. */
  readonly problems: number;
}

export interface Verification {
  /** Undefined where nobody can say. A file that did not parse before may go on not parsing. */
  readonly parses: boolean | undefined;
  readonly newProblems: number;
  /** Placeholders in the change that stand for nothing that may stand in this file. */
  readonly unrestored: number;
  /** Characters in the change that are invisible or turn the direction of text, so that code reads otherwise than it runs. */
  readonly hidden: number;
}

/** `proposed` is the new text of the changed lines, after its placeholders were restored; `original` is what stood there. */
export function verify(
  before: Counts,
  after: Counts,
  change: { readonly original: string; readonly proposed: string },
): Verification {
  return {
    parses:
      before.syntaxErrors === undefined || after.syntaxErrors === undefined
        ? undefined
        : after.syntaxErrors <= before.syntaxErrors,
    newProblems: Math.max(0, after.problems - before.problems),
    unrestored: Math.max(0, count(change.proposed, PLACEHOLDER) - count(change.original, PLACEHOLDER)),
    hidden: Math.max(0, count(change.proposed, HIDDEN) - count(change.original, HIDDEN)),
  };
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Direction controls (CVE-2021-42574), zero-width characters and tag characters. */
const HIDDEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
