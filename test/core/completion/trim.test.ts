import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTrimmer, trim } from '../../../src/core/completion/trim.ts';
import { type TrimCase, trimCases } from './trim-cases.ts';

/** What a case gives to the trimmer, and what it should get back. */
function read({ code, answer, languageId }: TrimCase) {
  const [prefix = '', suffix = ''] = code.split('▮');
  const pieces = answer.split('¦');
  const wanted = (pieces.length === 3 ? pieces[1] : pieces[0]) ?? '';
  return { prefix, suffix, languageId, text: pieces.join(''), wanted };
}

for (const [stage, cases] of Object.entries(trimCases)) {
  describe(`trim: ${stage}`, () => {
    it.each(cases)('$name ($languageId)', (each) => {
      const { wanted, ...untrimmed } = read(each);
      expect(trim({ ...untrimmed, finished: true })).toEqual({ text: wanted, decided: true });
    });
  });
}

describe('trim: streaming', () => {
  it.each(Object.values(trimCases).flat())('$name: what is decided stays ($languageId)', (each) => {
    const { wanted, text, ...around } = read(each);
    const trimmer = createTrimmer(around);
    for (let end = 1; end <= text.length; end++) {
      const { text: shown, decided } = trimmer(text.slice(0, end), false);
      if (decided) expect(shown).toBe(wanted);
    }
  });

  it('decides two lines after the cut', () => {
    const trimmer = createTrimmer({ prefix: 'int f() {\n    ', suffix: '\n}\n\nint g() {\n}\n', languageId: 'c' });
    const said = 'return 1;\n}\n\nint h() {\n    return 2;\n';
    const at = Array.from(said).findIndex((_, index) => trimmer(said.slice(0, index + 1), false).decided);
    expect(said.slice(0, at + 1)).toBe('return 1;\n}\n\nint h() {\n');
  });
});

describe('trim: any text', () => {
  const languages = ['typescript', 'python', 'rust', 'go', 'csharp', 'php', 'yaml', 'plaintext'];
  const text = fc
    .array(
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\r\n',
        '\t',
        '{',
        '}',
        '(',
        ')',
        '"',
        "'",
        '`',
        '${',
        '/*',
        '*/',
        '//',
        '#',
        '\\',
        '"""',
        'def f:',
        '<|',
        '```',
      ),
    )
    .map((all) => all.join(''));

  it('gives a piece of it, the same each time, however it is broken', () => {
    fc.assert(
      fc.property(text, text, text, fc.constantFrom(...languages), (prefix, suffix, said, languageId) => {
        const once = trim({ prefix, suffix, languageId, text: said, finished: true });
        expect(said.replaceAll('\r\n', '\n').replaceAll('\r', '\n')).toContain(once.text);
        expect(trim({ prefix, suffix, languageId, text: said, finished: true })).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('does not care how the document ends its lines', () => {
    const unix = { prefix: 'f() {\n  ', suffix: '\n}\n', languageId: 'javascript', text: 'go();\n}\n', finished: true };
    const windows = { ...unix, prefix: 'f() {\r\n  ', suffix: '\r\n}\r\n', text: 'go();\r\n}\r\n' };
    expect(trim(windows)).toEqual(trim(unix));
  });
});
