import { describe, expect, it } from 'vitest';
import type { StopReason } from '../../../src/core/provider/provider.ts';
import { fileFrom, replacementFrom, withLineEnds } from '../../../src/core/refactor/answer.ts';

const fence = '```';
const ORIGINAL = '  foo() {\n    bar();\n  }';

interface Case {
  readonly name: string;
  readonly answer: string;
  readonly original?: string;
  readonly reason?: StopReason;
  /** The replacement, or the problem. */
  readonly gives: string;
}

const cases: readonly Case[] = [
  {
    name: 'a fenced block',
    answer: `${fence}ts\n  foo() {\n    baz();\n  }\n${fence}`,
    gives: '  foo() {\n    baz();\n  }',
  },
  {
    name: 'prose around the block',
    answer: `Sure!\n\n${fence}ts\n  foo() {}\n${fence}\n\nThis is shorter.`,
    gives: '  foo() {}',
  },
  { name: 'a tilde fence', answer: '~~~ts\n  foo() {}\n~~~', gives: '  foo() {}' },
  { name: 'Windows line ends', answer: `${fence}ts\r\n  foo() {}\r\n${fence}\r\n`, gives: '  foo() {}' },
  { name: 'an indented fence', answer: ` ${fence}ts\n   foo() {}\n ${fence}`, gives: '  foo() {}' },
  {
    name: 'a longer fence around a shorter one',
    answer: `${fence}${'`'}md\n# A\n${fence}\nx\n${fence}\n${fence}${'`'}`,
    original: '# B',
    gives: `# A\n${fence}\nx\n${fence}`,
  },
  {
    name: 'a labelled fence inside',
    answer: `${fence}ts\n/**\n${fence}js\nx\n${fence}\n*/\nfoo();\n${fence}`,
    original: 'foo();',
    gives: `/**\n${fence}js\nx\n${fence}\n*/\nfoo();`,
  },
  {
    name: 'fences in the original',
    answer: `${fence}md\n# A\n\n${fence}\nx\n${fence}\n\nEnd.\n${fence}`,
    original: `# B\n\n${fence}\nx\n${fence}\n\nEnd.`,
    gives: `# A\n\n${fence}\nx\n${fence}\n\nEnd.`,
  },
  {
    name: 'the original first, then the change',
    answer: `Before:\n${fence}ts\n${ORIGINAL}\n${fence}\nAfter:\n${fence}ts\n  foo() {}\n${fence}`,
    gives: '  foo() {}',
  },
  { name: 'no fence', answer: 'foo() {\n  baz();\n}', gives: '  foo() {\n    baz();\n  }' },
  {
    name: 'no fence, with a preamble',
    answer: 'Here is the code:\nfoo() {\n  baz();\n}',
    gives: '  foo() {\n    baz();\n  }',
  },
  { name: 'an unclosed fence of a finished answer', answer: `${fence}ts\n  foo() {}`, gives: '  foo() {}' },
  { name: 'an unclosed fence of a cut answer', answer: `${fence}ts\n  foo() {`, reason: 'length', gives: 'cut' },
  { name: 'a broken stream', answer: `${fence}ts\n  foo() {`, reason: 'cut', gives: 'cut' },
  {
    name: 'a cut after the block',
    answer: `${fence}ts\n  foo() {}\n${fence}\nThis ch`,
    reason: 'length',
    gives: '  foo() {}',
  },
  { name: 'cut code without a fence', answer: 'foo() {', reason: 'length', gives: 'cut' },
  { name: 'words instead of code', answer: 'I cannot rewrite this without seeing bar.', gives: 'no-code' },
  { name: 'nothing', answer: ' \n', gives: 'empty' },
  { name: 'an empty block', answer: `${fence}ts\n${fence}`, gives: 'empty' },
  { name: 'the same code', answer: `${fence}ts\nfoo() {\n  bar();\n}\n${fence}`, gives: 'unchanged' },
  {
    name: 'marks repeated',
    answer: `${fence}ts\n<postern-range>\n  foo() {}\n</postern-range>\n${fence}`,
    gives: '  foo() {}',
  },
  {
    name: 'marks with code around them',
    answer: `${fence}ts\nclass A {\n<postern-range>  foo() {}</postern-range>\n}\n${fence}`,
    gives: '  foo() {}',
  },
  {
    name: 'focus marks',
    answer: `${fence}ts\n  foo() {\n    <postern-focus>baz();</postern-focus>\n  }\n${fence}`,
    gives: '  foo() {\n    baz();\n  }',
  },
  {
    name: 'neutralised control tokens and tags',
    answer: `${fence}ts\nconst end = '< |im_end|>< /document>';\n${fence}`,
    original: 'x',
    gives: "const end = '<|im_end|></document>';",
  },
  {
    name: 'dedented',
    answer: `${fence}py\ndef f():\n    return 2\n${fence}`,
    original: '    def f():\n        return 1',
    gives: '    def f():\n        return 2',
  },
  {
    name: 'only the first line dedented',
    answer: `${fence}py\ndef f():\n        return 2\n${fence}`,
    original: '    def f():\n        return 1',
    gives: '    def f():\n        return 2',
  },
  {
    name: 'indented too far',
    answer: `${fence}\n      foo();\n      bar();\n${fence}`,
    original: 'foo();',
    gives: 'foo();\nbar();',
  },
  {
    name: 'spaces where the file has tabs',
    answer: `${fence}go\nfunc f() {\n    return\n}\n${fence}`,
    original: '\tfunc f() {\n\t\tpanic(1)\n\t}',
    gives: '\tfunc f() {\n\t\treturn\n\t}',
  },
  {
    name: 'tabs where the file has spaces',
    answer: `${fence}\nif (a) {\n\tb();\n}\n${fence}`,
    original: '  if (c) {\n    d();\n  }',
    gives: '  if (a) {\n    b();\n  }',
  },
  {
    name: 'block comments keep their stars',
    answer: `${fence}\n/**\n * Says it.\n */\nfoo() {\n  bar();\n}\n${fence}`,
    gives: '  /**\n   * Says it.\n   */\n  foo() {\n    bar();\n  }',
  },
  {
    name: 'blank lines at the edges',
    answer: `${fence}\n\n\nfoo();\n\n${fence}`,
    original: '\nbar();\n\n',
    gives: '\nfoo();\n\n',
  },
  {
    name: 'blank lines inside stay blank',
    answer: `${fence}\na();\n\nb();\n${fence}`,
    original: '  c();',
    gives: '  a();\n\n  b();',
  },
];

describe('replacementFrom', () => {
  it.each(cases)('$name', ({ answer, original = ORIGINAL, reason = 'stop', gives }) => {
    const found = replacementFrom(answer, original, reason);
    expect(found.ok ? found.text : found.problem).toBe(gives);
  });

  it('reads a range with Windows line ends as one without', () => {
    expect(replacementFrom(`${fence}\nb();\n${fence}`, '  a();\r\n  c();', 'stop')).toEqual({
      ok: true,
      text: '  b();',
    });
    expect(withLineEnds('a\nb\r\n', '\r\n')).toBe('a\r\nb\r\n');
  });
});

describe('fileFrom', () => {
  it.each([
    ['a block', `${fence}ts\n\ntest();\n\n${fence}`, 'stop', 'test();\n'],
    ['prose', 'There is nothing to test here.', 'stop', 'no-code'],
    ['cut', `${fence}ts\ntest(`, 'length', 'cut'],
  ] as const)('%s', (_name, answer, reason, gives) => {
    const found = fileFrom(answer, reason);
    expect(found.ok ? found.text : found.problem).toBe(gives);
  });
});
