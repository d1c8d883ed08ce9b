import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffHunks, editOf, linesOf } from '../../../src/core/refactor/hunks.ts';
import { isInside, pathInside } from '../../../src/core/refactor/inside.ts';
import { textEditOf } from '../../../src/core/refactor/text-edit.ts';

/** Applies edits as an editor does: all positions are of the text before them. */
function applied(text: string, edits: readonly ReturnType<typeof textEditOf>[], eol: string): string {
  const lines = text.split(eol);
  const offset = (line: number, character: number) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + eol.length, 0) + character;
  return edits.reduceRight(
    (now, edit) =>
      now.slice(0, offset(edit.startLine, edit.startCharacter)) +
      edit.text +
      now.slice(offset(edit.endLine, edit.endCharacter)),
    text,
  );
}

describe('textEditOf', () => {
  it.each(['\n', '\r\n'] as const)('turns hunks into edits that give the proposed text, line end %j', (eol) => {
    const text = fc.array(fc.constantFrom('a', 'b', '}', '', 'c d'), { maxLength: 20 }).map((all) => all.join(eol));
    fc.assert(
      fc.property(text, text, (original, proposed) => {
        const lines = linesOf(original);
        const edits = diffHunks(original, proposed).map((hunk) => textEditOf(editOf(hunk), lines, eol));
        for (const [index, edit] of edits.entries()) {
          const next = edits[index + 1];
          if (next) expect([edit.endLine, edit.endCharacter] <= [next.startLine, next.startCharacter]).toBe(true);
        }
        expect(applied(original, edits, eol)).toBe(proposed);
      }),
    );
  });
});

describe('isInside', () => {
  it.each([
    ['/w/app/src/a.ts', '/w/app', true],
    ['/w/app-secrets/key.pem', '/w/app', false],
    ['/w/app/../app-secrets/key.pem', '/w/app', false],
    ['/etc/hosts', '/w/app', false],
    ['/w/app', '/w/app', false],
    ['C:\\w\\app\\a.ts', 'C:\\w\\app', true],
    ['C:\\Windows\\x', 'C:\\w\\app', false],
    ['\\\\host\\share\\x', 'C:\\w', false],
    ['/w/a.ts', '/', true],
  ])('%s in %s', (file, folder, inside) => {
    expect(isInside(file, folder)).toBe(inside);
  });
});

describe('pathInside', () => {
  it.each([
    ['/home/u/.vscode/ext/app/src/a.ts', '/home/u/.vscode/ext/app', 'app/src/a.ts'],
    ['/w/.vscode/tasks.json', '/w/.vscode', '.vscode/tasks.json'],
    ['C:\\w\\app\\a.ts', 'C:\\w\\app', 'app/a.ts'],
    ['/a.ts', '/', 'a.ts'],
  ])('%s in %s', (file, folder, path) => {
    expect(pathInside(file, folder)).toBe(path);
  });
});
