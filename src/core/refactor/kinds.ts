import type { RefactorTask } from '../prompt/refactor.ts';
import { compose } from '../redaction/redact.ts';

export type RefactorId = 'rewrite' | 'extract' | 'fix' | 'document' | 'tests';

/** One code action, as data. */
export interface RefactorAction extends RefactorTask {
  readonly id: RefactorId;
  /** English title; the key of its translation. */
  readonly title: string;
  /** Kind in VS Code's hierarchy. The last part keeps it apart from the language server's own. */
  readonly kind: 'refactor.rewrite.postern' | 'refactor.extract.postern' | 'quickfix.postern';
  /** When it is offered: with code under the cursor, with a selection, or with a problem under the cursor. */
  readonly needs: 'code' | 'selection' | 'problem';
}

export const refactorActions: Readonly<Record<RefactorId, RefactorAction>> = {
  fix: {
    id: 'fix',
    title: 'Postern: Fix This Problem',
    kind: 'quickfix.postern',
    needs: 'problem',
    answer: 'replacement',
    task: compose`Fix the problem below, which is reported at the code between <postern-focus> and </postern-focus>, with the smallest change of the range. Do not silence it by comments, casts or settings when the code itself can be mended.`,
  },
  rewrite: {
    id: 'rewrite',
    title: 'Postern: Rewrite…',
    kind: 'refactor.rewrite.postern',
    needs: 'code',
    answer: 'replacement',
    task: compose`Rewrite the range as the instruction below says.`,
  },
  extract: {
    id: 'extract',
    title: 'Postern: Extract into a Function',
    kind: 'refactor.extract.postern',
    needs: 'selection',
    answer: 'replacement',
    task: compose`Extract the code between <postern-focus> and </postern-focus> into a function or method of its own, with a name that says what it does, and call it where the code stood. Put the new function beside the code it comes from, inside the range. Behaviour stays the same.`,
  },
  document: {
    id: 'document',
    title: 'Postern: Document This',
    kind: 'refactor.rewrite.postern',
    needs: 'code',
    answer: 'replacement',
    task: compose`Document the outermost declaration of the range in the documentation format of its language: what it does, its parameters, its value and its errors, and only what the code does not already say. Change nothing but comments.`,
  },
  tests: {
    id: 'tests',
    title: 'Postern: Write Tests',
    kind: 'refactor.rewrite.postern',
    needs: 'code',
    answer: 'tests',
    task: compose`Write tests for the code in the range: its usual behaviour, its edges and its errors. Each test has a name that says what it shows.`,
  },
};

/** Instructions of this session, latest first. Kept in memory only: they can hold secrets. */
export function remembered(history: readonly string[], instruction: string): readonly string[] {
  return [instruction, ...history.filter((earlier) => earlier !== instruction)].slice(0, MOST_REMEMBERED);
}

const MOST_REMEMBERED = 20;
