import { describe, expect, it } from 'vitest';
import { remembered } from '../../../src/core/refactor/kinds.ts';
import { testPathFor } from '../../../src/core/refactor/test-file.ts';
import { type Counts, verify } from '../../../src/core/refactor/verification.ts';

describe('testPathFor', () => {
  it.each([
    ['src/reader.ts', 'src/reader.test.ts'],
    ['Button.tsx', 'Button.test.tsx'],
    ['pkg/reader.py', 'pkg/test_reader.py'],
    ['reader.go', 'reader_test.go'],
    ['Reader.java', 'ReaderTest.java'],
    ['Reader.cs', 'ReaderTests.cs'],
    ['reader.rb', 'reader_spec.rb'],
    ['latest.ts', 'latest.test.ts'],
    ['src/contest.py', 'src/test_contest.py'],
    ['src/reader.test.ts', undefined],
    ['src/reader.spec.ts', undefined],
    ['test_reader.py', undefined],
    ['reader_test.go', undefined],
    ['ReaderTest.java', undefined],
    ['README.md', undefined],
    ['Makefile', undefined],
    ['.eslintrc', undefined],
  ])('%s', (path, test) => {
    expect(testPathFor(path)).toBe(test);
  });
});

describe('verify', () => {
  const clean: Counts = { syntaxErrors: 0, problems: 0 };
  const placeholder = `REDACTED_${'AWSKEY'}_0123abcd_`;
  it.each([
    ['parses, nothing new', clean, clean, 'x', { parses: true, newProblems: 0 }],
    ['stopped parsing', clean, { syntaxErrors: 1, problems: 2 }, 'x', { parses: false, newProblems: 2 }],
    [
      'did not parse before either',
      { syntaxErrors: 2, problems: 1 },
      { syntaxErrors: 2, problems: 0 },
      'x',
      { parses: true, newProblems: 0 },
    ],
    ['no grammar', { syntaxErrors: undefined, problems: 0 }, clean, 'x', { parses: undefined }],
    ['an invented placeholder', clean, clean, `key = ${placeholder}`, { unrestored: 1 }],
    ['a direction control', clean, clean, 'if (a\u202e) {', { hidden: 1 }],
    ['tag characters', clean, clean, 'a\u{e0041}', { hidden: 1 }],
  ] as const)('%s', (_name, before, after, proposed, expected) => {
    expect(verify(before, after, { original: 'x', proposed })).toMatchObject(expected);
  });
});

describe('remembered', () => {
  it('puts the latest first, once, and forgets the oldest', () => {
    expect(remembered(['a', 'b'], 'b')).toEqual(['b', 'a']);
    const many = Array.from({ length: 30 }, (_, index) => `${index}`);
    expect(remembered(many, 'new')).toHaveLength(20);
  });
});
