import { describe, expect, it } from 'vitest';
import { proposal } from '../../../src/core/chat/placing.ts';

const FILE = `import { a } from './a';

export function first(x: number): number {
  return x + 1;
}

export class Reader {
  read(line: string) {
    const cells = line.split(sep, 8);
    return cells;
  }

  close() {
    this.done = true;
  }
}
`;

const cases: readonly [name: string, code: string, language: string, change: [string, string][] | undefined][] = [
  [
    'a function with the same first and last line',
    'export function first(x: number): number {\n  return x + 2;\n}',
    'ts',
    [['x + 1', 'x + 2']],
  ],
  [
    'a function whose signature changes',
    'export function first(x: bigint): bigint {\n  return x + 1n;\n}',
    'ts',
    [
      ['(x: number): number', '(x: bigint): bigint'],
      ['x + 1', 'x + 1n'],
    ],
  ],
  [
    'a method without its indentation',
    'read(line: string) {\n  return line.split(sep);\n}',
    'ts',
    [['    const cells = line.split(sep, 8);\n    return cells;', '    return line.split(sep);']],
  ],
  [
    'parts around a comment of dots',
    'export class Reader {\n  // ... existing code ...\n  close() {\n    this.done = false;\n  }\n',
    'ts',
    [['this.done = true', 'this.done = false']],
  ],
  [
    'two functions with code left out between them',
    'export function first(x: number): number {\n  return x + 3;\n}\n// ... rest ...\n  close() {\n    this.open = false;\n  }',
    'ts',
    [
      ['x + 1', 'x + 3'],
      ['this.done = true', 'this.open = false'],
    ],
  ],
  ['a diff', '-    const cells = line.split(sep, 8);\n+    const cells = line.split(sep);', 'diff', [[', 8', '']]],
  [
    'a diff with its head and other indentation',
    '--- a/r.ts\n+++ b/r.ts\n@@ -8,2 +8,2 @@\n const cells = line.split(sep, 8);\n-return cells;\n+return [...cells];',
    'diff',
    [['return cells', 'return [...cells]']],
  ],
  ['code that belongs nowhere', 'export const other = 1;', 'ts', undefined],
  ['a diff that fits nowhere', '-nothing\n+something', 'diff', undefined],
  ['nothing', '\n', 'ts', undefined],
];

describe('placing', () => {
  it.each(cases)('%s', (_name, code, language, change) => {
    const expected = change?.reduce((text, [from, to]) => text.replace(from, to), FILE);
    expect(proposal(FILE, code, { language })?.text).toBe(expected);
  });

  it('replaces selected lines, indented like them', () => {
    const placed = proposal(FILE, 'return line;', { language: 'ts', selection: { start: 8, end: 10 } });
    expect(placed?.text).toBe(
      FILE.replace('    const cells = line.split(sep, 8);\n    return cells;', '    return line;'),
    );
  });

  it('says how many parts of a diff fit', () => {
    const placed = proposal(FILE, '@@ -1 @@\n-nothing\n+some\n@@ -9 @@\n-    return cells;\n+    return 1;', {
      language: 'diff',
    });
    expect([placed?.fits, placed?.of]).toEqual([1, 2]);
  });

  it('keeps the line ends of the file', () => {
    const placed = proposal('a();\r\nb();\r\n', '-b();\n+c();', { language: 'diff' });
    expect(placed?.text).toBe('a();\r\nc();\r\n');
  });
});
