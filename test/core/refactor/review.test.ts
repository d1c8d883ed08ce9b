import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffHunks, edited, editOf, linesOf } from '../../../src/core/refactor/hunks.ts';
import {
  lineEditOf,
  nextOpen,
  openAt,
  openCount,
  type Review,
  reconciled,
  startReview,
  withAccepted,
  withAllAccepted,
  withAllRejected,
  withForeignEdit,
  withRejected,
} from '../../../src/core/refactor/review.ts';

const ORIGINAL = ['a', 'b', 'c', 'd', 'e', 'f'];
const PROPOSED = ['A1', 'A2', 'b', 'c', 'e', 'f', 'new'];
const hunks = diffHunks(ORIGINAL.join('\n'), PROPOSED.join('\n'));
const started = startReview(hunks);

/** `state@line+count` for each hunk. */
const shape = (review: Review) => review.map(({ state, line, count }) => `${state}@${line}+${count}`);

describe('a review', () => {
  it('starts with every hunk open where it stands', () => {
    expect(shape(started)).toEqual(['open@0+2', 'open@4+0', 'open@6+1']);
  });

  it('accepts without touching the document, and once', () => {
    const accepted = withAccepted(started, 0);
    expect(shape(accepted)).toEqual(['accepted@0+2', 'open@4+0', 'open@6+1']);
    expect(withRejected(accepted, 0)).toEqual({ review: accepted, edits: [] });
    expect(openCount(withAllAccepted(accepted))).toBe(0);
  });

  it('rejects one and moves those below', () => {
    const { review, edits } = withRejected(started, 0);
    expect(shape(review)).toEqual(['rejected@0+1', 'open@3+0', 'open@5+1']);
    expect(edited(PROPOSED, edits)).toEqual(['a', 'b', 'c', 'e', 'f', 'new']);
  });

  it('finds the next and the nearest open hunk', () => {
    expect([nextOpen(started, 0), nextOpen(started, 6), openAt(started, 5), openAt(started, 0)]).toEqual([1, 0, 1, 0]);
    expect(nextOpen(withAllAccepted(started), 0)).toBe(-1);
  });

  it('ends with the lines of the choices, in whatever order they are made', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '}', '', 'c'), { minLength: 1, maxLength: 25 });
    const choices = fc.array(fc.tuple(fc.nat(30), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, choices, (from, to, steps) => {
        const all = diffHunks(from.join('\n'), to.join('\n'));
        let review = startReview(all);
        let lines: readonly string[] = to;
        const kept = new Set(all);
        for (const [number, accept] of steps) {
          const entry = review[number];
          if (accept) review = withAccepted(review, number);
          else {
            const step = withRejected(review, number);
            if (step.edits.length > 0 && entry) kept.delete(entry.hunk);
            review = step.review;
            lines = edited(lines, step.edits);
          }
        }
        expect(lines).toEqual(edited(from, all.filter((hunk) => kept.has(hunk)).map(editOf)));
      }),
    );
  });

  it('brings the original back by rejecting all', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '}', '', 'c'), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(text, text, (from, to) => {
        const { review, edits } = withAllRejected(startReview(diffHunks(from.join('\n'), to.join('\n'))));
        expect(edited(to, edits)).toEqual(from);
        expect(openCount(review)).toBe(0);
      }),
    );
  });
});

const foreign: readonly [name: string, edit: Parameters<typeof withForeignEdit>[1], shapes: readonly string[]][] = [
  ['above everything', { start: 0, end: 0, added: 2 }, ['open@2+2', 'open@6+0', 'open@8+1']],
  ['inside a hunk', { start: 1, end: 2, added: 3 }, ['open@0+4', 'open@6+0', 'open@8+1']],
  ['below everything', { start: 7, end: 7, added: 5 }, ['open@0+2', 'open@4+0', 'open@6+1']],
  ['between hunks', { start: 3, end: 4, added: 1 }, ['open@0+2', 'open@4+0', 'open@6+1']],
  ['a hunk deleted', { start: 0, end: 2, added: 0 }, ['open@0+0', 'open@2+0', 'open@4+1']],
];

describe('edits by others', () => {
  it.each(foreign)('%s', (_name, edit, shapes) => {
    expect(shape(withForeignEdit(started, edit))).toEqual(shapes);
  });

  it('opens a hunk again when its rejection is undone', () => {
    const { review } = withRejected(started, 0);
    const undone = withForeignEdit(review, { start: 0, end: 1, added: 2 });
    expect(shape(reconciled(undone, PROPOSED.join('\n')))).toEqual(['open@0+2', 'open@4+0', 'open@6+1']);
  });

  it('counts a hunk whose original lines are back as rejected', () => {
    const undone = withForeignEdit(started, { start: 0, end: 2, added: 1 });
    const text = ['a', ...PROPOSED.slice(2)].join('\n');
    expect(shape(reconciled(undone, text))[0]).toBe('rejected@0+1');
  });

  it.each([
    ['typing in a line', [3, 4, 3, 4, 'x'], { start: 3, end: 4, added: 1 }],
    ['a line break', [3, 4, 3, 4, '\n'], { start: 3, end: 4, added: 2 }],
    ['whole lines in', [3, 0, 3, 0, 'x\r\ny\r\n'], { start: 3, end: 3, added: 2 }],
    ['whole lines out', [3, 0, 5, 0, ''], { start: 3, end: 5, added: 0 }],
    ['whole lines replaced', [3, 0, 5, 0, 'x\n'], { start: 3, end: 5, added: 1 }],
  ] as const)('reads %s off an editor', (_name, [startLine, startCharacter, endLine, endCharacter, text], edit) => {
    expect(lineEditOf({ startLine, startCharacter, endLine, endCharacter, text })).toEqual(edit);
    expect(linesOf('')).toEqual(['']);
  });
});
