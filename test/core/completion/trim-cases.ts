/**
 * Cases of trimming. In `code`, `▮` is the cursor. In `answer`, `¦` ends what is wanted, and what follows is cut; with two
 * of them, what stands before the first is cut too. Without one, everything is wanted.
 */
export interface TrimCase {
  readonly name: string;
  readonly languageId: string;
  readonly code: string;
  readonly answer: string;
}

const inFunction = 'function area(shape) {\n  ▮\n}\n\nfunction other() {\n  return 1;\n}\n';
const inMethod = 'class Shape {\n  area() {\n    ▮\n  }\n\n  name() {\n    return this.label;\n  }\n}\n';

export const trimCases: Readonly<Record<string, readonly TrimCase[]>> = {
  'control tokens': [
    { name: 'end of text', languageId: 'javascript', code: inFunction, answer: 'return 1;¦<|endoftext|>junk' },
    {
      name: 'a FIM marker on a line of its own',
      languageId: 'go',
      code: 'func f() {\n\t▮\n}\n',
      answer: 'return¦\n<fim_prefix>x',
    },
    { name: 'full-width bars', languageId: 'python', code: 'x = ▮\n', answer: '1¦<｜fim▁begin｜>y' },
    { name: 'half a token at the end', languageId: 'python', code: 'x = ▮\n', answer: '1¦<|fim_mid' },
    { name: 'the marker that asked, repeated', languageId: 'python', code: 'x = ▮\n', answer: '<|fim_middle|>¦1¦' },
    {
      name: 'a token that the file contains is code',
      languageId: 'python',
      code: 'STOP = "<|endoftext|>"\ntokens = [▮]\n',
      answer: '"<|endoftext|>", "x"',
    },
    {
      name: 'a comparison is no token',
      languageId: 'rust',
      code: 'fn f() -> bool {\n    ▮\n}\n',
      answer: 'a <b || c> d',
    },
  ],
  fences: [
    { name: 'the whole answer fenced', languageId: 'javascript', code: inFunction, answer: '```js\n¦return 1;¦\n```' },
    {
      name: 'fenced after a sentence, with another after it',
      languageId: 'javascript',
      code: inFunction,
      answer: 'Here is the code you asked for:\n```js\n¦return 1;¦\n```\nLet me know if it works.',
    },
    {
      name: 'a closing fence alone',
      languageId: 'go',
      code: 'func f() int {\n\t▮\n}\n',
      answer: 'return 1¦\n```\n\nExplanation:',
    },
    { name: 'in Markdown a fence is content', languageId: 'markdown', code: '# Use\n\n▮', answer: '```sh\nmake\n```' },
    {
      name: 'inside a doc comment a fence is content',
      languageId: 'rust',
      code: '/// Adds.\n///\n▮\nfn add() {}\n',
      answer: '/// ```\n/// add();\n/// ```',
    },
  ],
  prose: [
    {
      name: 'a sentence',
      languageId: 'java',
      code: 'int f() {\n    ▮\n}\n',
      answer: 'return 1;¦\n\nThis returns the number of rows.',
    },
    {
      name: 'a turn of a chat',
      languageId: 'go',
      code: 'func f() int {\n\t▮\n}\n',
      answer: 'return 1¦\nHuman: Why is that so?',
    },
    {
      name: 'a heading before a sentence',
      languageId: 'python',
      code: 'def f():\n    ▮\n',
      answer: 'return 1¦\n\nExplanation:\n\nThe code returns one.',
    },
    {
      name: 'a sentence in a docstring is code',
      languageId: 'python',
      code: 'def f():\n    """▮\n',
      answer: 'Return the answer.\n\n    This is the answer to everything there is.\n    """\n    return 42',
    },
    {
      name: 'a sentence between tags is code',
      languageId: 'typescriptreact',
      code: 'const A = () => (\n  <p>\n    ▮\n  </p>\n);\n',
      answer: 'Note that this is the text of a page.',
    },
    {
      name: 'a label is code',
      languageId: 'c',
      code: 'void f() {\n  ▮\n}\n',
      answer: 'Again:\n  step();\n  goto Again;',
    },
  ],
  echo: [
    { name: 'the cursor line', languageId: 'typescript', code: 'const size = ▮;\n', answer: 'const size = ¦4¦' },
    {
      name: 'the line above',
      languageId: 'go',
      code: 'if err != nil {\n\t▮\n}\n',
      answer: 'if err != nil {\n\t¦return err¦',
    },
    { name: 'a name that the code repeats', languageId: 'python', code: 'a = ▮\n', answer: 'a_list[0]' },
  ],
  'rest of the line': [
    { name: 'a closer that stands there', languageId: 'typescript', code: 'f(▮);\n', answer: 'x¦);' },
    {
      name: 'the rest and lines after it',
      languageId: 'typescript',
      code: 'if (▮) {\n  g();\n}\n',
      answer: 'ok¦) {\n  g();\n}',
    },
    { name: 'part of the rest', languageId: 'java', code: 'if (a && ▮ && d) {\n}\n', answer: 'b(c)¦ && d' },
    { name: 'one closer too many', languageId: 'python', code: 'print(max(▮))\n', answer: 'a, b¦)))' },
    { name: 'nested calls that fit', languageId: 'rust', code: 'foo(▮);\n', answer: 'bar(1), baz[2]' },
    { name: 'a string up to its quote', languageId: 'python', code: "x = {'a▮': 1}\n", answer: "bc¦': 1}" },
    {
      name: 'an object over several lines',
      languageId: 'typescript',
      code: 'create(▮);\n',
      answer: '{\n  id: 1,\n  run() {\n    go();\n  },\n}',
    },
  ],
  loops: [
    {
      name: 'one line over and over',
      languageId: 'python',
      code: 'def f():\n    ▮\n',
      answer: 'log.info("x")¦\n    log.info("x")\n    log.info("x")\n    log.inf',
    },
    {
      name: 'two lines over and over',
      languageId: 'javascript',
      code: inFunction,
      answer: 'open();\n  step();\n  close();¦\n  step();\n  close();\n  step();\n  close();\n  st',
    },
    {
      name: 'the same line twice is meant',
      languageId: 'python',
      code: 'def f():\n    ▮\n',
      answer: 'next(it)\n    next(it)',
    },
    {
      name: 'closers repeat at other indents',
      languageId: 'javascript',
      code: inFunction,
      answer: 'for (const a of shape) {\n    for (const b of a) {\n      if (b) {\n        go();\n      }\n    }\n  }',
    },
  ],
  'overlap with the suffix': [
    {
      name: 'the following lines',
      languageId: 'python',
      code: 'def f(a):\n    ▮\n    total = a + b\n    return total\n',
      answer: 'b = 2¦\n    total = a + b\n    return total',
    },
    {
      name: 're-indented',
      languageId: 'java',
      code: 'void f() {\n    ▮\n    if (ready) {\n        start();\n    }\n}\n',
      answer: 'load();¦\n  if (ready) {\n    start();\n  }',
    },
    {
      name: 'without its comments and blank lines',
      languageId: 'go',
      code: 'func f() {\n\ta := ▮\n\n\t// twice\n\tb := 2 * a\n\n\tuse(b)\n}\n',
      answer: '1¦\n\tb := 2 * a\n\tuse(b)',
    },
    {
      name: 'with changes, line for line',
      languageId: 'typescript',
      code: 'function f() {\n  ▮\n  const first = items.filter(isFirst);\n  const second = items.filter(isSecond);\n  return [first, second];\n}\n',
      answer:
        'prepare(items);¦\n  const first = items.filter(i => isFirst(i));\n  const second = items.filter(i => isSecond(i));\n  return [...first, second];',
    },
    {
      name: 'a line that occurs below too is meant here',
      languageId: 'typescript',
      code: 'function f() {\n  if (a) {\n    ▮\n  }\n  return null;\n}\n',
      answer: 'warn();\n    return null;',
    },
  ],
  closers: [
    { name: 'the closer that stands there', languageId: 'javascript', code: inFunction, answer: 'return 1;¦\n}' },
    { name: 'two of them', languageId: 'typescript', code: inMethod, answer: 'return 1;¦\n  }\n}' },
    {
      name: 'a sibling',
      languageId: 'typescript',
      code: inMethod,
      answer: 'return 1;¦\n  }\n\n  edge() {\n    return 2;\n  }',
    },
    {
      name: 'a sibling at the end of the document',
      languageId: 'go',
      code: 'func f() int {\n\t▮',
      answer: 'return 1\n}¦\n\nfunc g() int {\n\treturn 2\n}',
    },
    {
      name: 'a missing closer is kept',
      languageId: 'rust',
      code: 'fn f() -> u8 {\n    ▮\n\nfn g() -> u8 {\n    2\n}\n',
      answer: '1\n}',
    },
    {
      name: 'a block ends and the function goes on',
      languageId: 'go',
      code: 'func f(ok bool) int {\n\tif ok {\n\t\t▮\n}\n',
      answer: 'return 1\n\t}\n\treturn 2',
    },
    {
      name: 'another branch',
      languageId: 'java',
      code: 'void f() {\n    if (a) {\n        ▮\n}\n',
      answer: 'one();\n    } else if (b) {\n        two();\n    }',
    },
    {
      name: 'brackets in strings and comments do not count',
      languageId: 'typescript',
      code: inFunction,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test
      answer: 'return `}${shape["}"]}` + "}"; // }',
    },
  ],
  dedent: [
    {
      name: 'the next method',
      languageId: 'python',
      code: 'class A:\n    def f(self):\n        ▮\n\n    def g(self):\n        pass\n',
      answer: 'return 1¦\n\n    def h(self):\n        return 2',
    },
    {
      name: 'the next function',
      languageId: 'python',
      code: 'def f():\n    ▮\n',
      answer: 'return 1¦\n\n\n@cached\ndef g():\n    return 2',
    },
    {
      name: 'out of a block, but not of the function',
      languageId: 'python',
      code: 'def f(a):\n    if a:\n        ▮\n',
      answer: 'return 1\n    else:\n        a = 2\n    return a',
    },
    {
      name: 'brackets end further left',
      languageId: 'python',
      code: 'def f():\n    return call(\n        ▮\n',
      answer: 'a,\n        b=1,\n    )',
    },
  ],
};
