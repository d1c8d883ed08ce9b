import { describe, expect, it } from 'vitest';
import { lexisOf } from '../../../src/core/completion/trim/lexis.ts';
import { placeOf } from '../../../src/core/completion/trim/place.ts';
import { scan } from '../../../src/core/completion/trim/scan.ts';
import { NOTHING_OPEN, type State } from '../../../src/core/completion/trim/state.ts';

/** Such as `{( string"`: the open brackets, then where the text stops. */
function described({ mode, stack }: State): string {
  let open = '';
  for (let opener = stack; opener; opener = opener.below) open = opener.kind + open;
  const where = mode.kind === 'string' ? `string ${mode.close}` : mode.kind;
  return `${open} ${where}`.trim();
}

const cases: readonly [languageId: string, text: string, state: string][] = [
  ['typescript', 'f(a, {b: [1', '({[ code'],
  ['typescript', 'f("(", \'{\', `[`', '( code'],
  ['typescript', '`a ${b', '{ code'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test
  ['typescript', '`a ${`b ${c}`} {', 'string `'],
  ['typescript', 'x = /[(/]{/.test(', '( code'],
  ['typescript', 'x = a / b / (', '( code'],
  ['typescript', 'return /(/', 'code'],
  ['typescript', '"it\'s"; // (', 'line-comment'],
  ['typescript', 'x = "never ends\ny = (', '( code'],
  ['typescript', 'x = "goes on \\\n(', 'string "'],
  ['typescript', '/* ( * / */ {', '{ code'],
  ['rust', "fn f<'a>(x: &'a str, c: char) -> bool { c == '(' || c == '\\'' ", '{ code'],
  ['rust', 'let s = r#"a"b"#; (', '( code'],
  ['rust', 'let s = "two\nlines (', 'string "'],
  ['rust', '/* a /* b */ (', 'comment'],
  ['python', "s = '''a\n(", "string '''"],
  ['python', '"""doc ("""\nf(', '( code'],
  ['python', "x = 'a' # it's (", 'line-comment'],
  ['go', "x := `raw \\`; r := '\"'; (", '( code'],
  ['csharp', 'var p = @"C:\\"; var q = @"say ""hi"" ("; {', '{ code'],
  ['csharp', '#if DEBUG (\n(', '( code'],
  ['java', 'String s = """\n  (', 'string """'],
  ['shellscript', "echo 'a\n(", "string '"],
  ['php', '# (\n$a = [', '[ code'],
  ['a-language-of-tomorrow', 'f(/* ( */ "("', '( code'],
];

describe('scan', () => {
  it.each(cases)('%s: %j stops in %s', (languageId, text, state) => {
    const scanned = scan(text, lexisOf(languageId), { state: NOTHING_OPEN, origin: 'prefix', head: '', headIndent: 0 });
    expect(described(scanned.end)).toBe(state);
  });

  it('aligns what opens after wrapped parameters with the statement', () => {
    const text = '  void f(int a,\n         int b) {\n';
    const scanned = scan(text, lexisOf('java'), { state: NOTHING_OPEN, origin: 'prefix', head: '', headIndent: 0 });
    expect(scanned.end.stack?.indent).toBe(2);
  });
});

describe('a window that begins inside something', () => {
  const filler = Array.from({ length: 70 }, (_, line) => `line ${line}`).join('\n');
  const windows: readonly [name: string, languageId: string, prefix: string, suffix: string][] = [
    ['a block comment', 'java', `/*\n${filler}\n don't (\n */\nint f() {\n`, '\n}\n'],
    ['a docstring', 'python', `"""\n${filler}\nIt's a long text about the thing (\n"""\ndef f():\n    g()\n`, '\n'],
    ['a raw string', 'go', `x := \`\n${filler}\nsays 'a (\n\`\nfunc f() {\n\tg(")")\n`, '\n}\n'],
  ];
  it.each(windows)('%s', (_name, languageId, prefix, suffix) => {
    const { start } = placeOf(prefix, suffix, languageId);
    expect(described(start.state).replace('{ ', '')).toBe('code');
  });
});
