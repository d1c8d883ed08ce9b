import { describe, expect, it } from 'vitest';
import { blocksOf, codeBlocksOf } from '../../../src/core/chat/markdown.ts';
import type { Block, Inline } from '../../../src/core/chat/protocol.ts';

/** Blocks in a short notation, one a line, so that a row of the table can be read. */
const written = (blocks: readonly Block[]): string => blocks.map(block).join('\n');

function block(one: Block): string {
  switch (one.kind) {
    case 'paragraph':
      return `p ${run(one.inlines)}`;
    case 'heading':
      return `h${one.depth} ${run(one.inlines)}`;
    case 'rule':
      return 'rule';
    case 'quote':
      return `quote(${written(one.blocks)})`;
    case 'code':
      return `code#${one.number} ${one.language}|${one.path ?? ''}|${one.text}`;
    case 'table':
      return `table ${[one.header, ...one.rows].map((row) => row.map(run).join(',')).join(';')}`;
    case 'list': {
      const items = one.items.map(
        (item) => `${item.checked === undefined ? '' : item.checked ? '[x]' : '[ ]'}${written(item.blocks)}`,
      );
      return `${one.ordered ? `ol${one.start}` : 'ul'}(${items.join('; ')})`;
    }
  }
}

const run = (inlines: readonly Inline[]): string => inlines.map(inline).join('');

function inline(one: Inline): string {
  switch (one.kind) {
    case 'text':
      return one.text;
    case 'code':
      return `{code ${one.text}}`;
    case 'link':
      return `{link ${one.text} → ${one.href}}`;
    case 'citation':
      return `{at ${one.path} ${one.first}-${one.last}}`;
    case 'break':
      return '{br}';
    default:
      return `{${one.kind} ${run(one.inlines)}}`;
  }
}

const cases: readonly [name: string, markdown: string, expected: string][] = [
  ['paragraphs', 'one\n\ntwo', 'p one\np two'],
  ['heading and rule', '## Why\n\n---', 'h2 Why\nrule'],
  ['emphasis', '**b** *e* ~~s~~ `c`', 'p {strong b} {emphasis e} {struck s} {code c}'],
  ['entities in text, not in code', 'a &lt; b `&lt;`', 'p a < b {code &lt;}'],
  ['escaped marks', '\\*not\\*', 'p *not*'],
  ['hard break', 'a  \nb<br>c', 'p a{br}b{br}c'],
  ['list', '- a\n- b\n  1. c', 'ul(p a; p b\nol1(p c))'],
  ['list from 3', '3. a', 'ol3(p a)'],
  ['tasks', '- [ ] a\n- [x] b', 'ul([ ]p a; [x]p b)'],
  ['loose tasks', '- [x] a\n\n- [ ] b', 'ul([x]p a; [ ]p b)'],
  ['quote', '> a\n> - b', 'quote(p a\nul(p b))'],
  ['table', '| a | b |\n|---|--:|\n| 1 | `x\\|y` |', 'table a,b;1,{code x|y}'],
  ['code with language and path', '```ts src/a.ts\nx\n```', 'code#0 ts|src/a.ts|x'],
  ['code with attached path', '```ts:src/a.ts\nx\n```', 'code#0 ts|src/a.ts|x'],
  ['code with titled path', '```ts title="src/a.ts"\nx\n```', 'code#0 ts|src/a.ts|x'],
  ['code with only a path', '```src/a.py\nx\n```', 'code#0 py|src/a.py|x'],
  ['code without a path', '```ts\nx\n```\n```js {1,3}\ny\n```', 'code#0 ts||x\ncode#1 js||y'],
  ['code numbers go through lists', '- a\n  ```\n  x\n  ```\n\n```\ny\n```', 'ul(p a\ncode#0 ||x)\ncode#1 ||y'],
  ['fence left open', 'a\n\n```ts\nx', 'p a\ncode#0 ts||x'],
  ['citation', 'see [src/a.ts:52].', 'p see {at src/a.ts 52-52}.'],
  ['citation of lines', '[a.ts:40-66][b.ts:1]', 'p {at a.ts 40-66}{at b.ts 1-1}'],
  ['citation with L and dash', '[a.ts:L4–L9]', 'p {at a.ts 4-9}'],
  ['citation inside emphasis', '**[a.ts:1]**', 'p {strong {at a.ts 1-1}}'],
  ['citation backwards', '[a.ts:9-4]', 'p {at a.ts 9-9}'],
  ['not a citation', '[note:3] [a:b.ts:1] a.ts:5', 'p [note:3] [a:b.ts:1] a.ts:5'],
  ['citation in code stays code', '`[a.ts:1]`', 'p {code [a.ts:1]}'],
  ['web link', '[docs](https://a.example/x)', 'p {link docs → https://a.example/x}'],
  [
    'autolinks',
    '<https://a.example/> https://b.example/x.',
    'p {link https://a.example/ → https://a.example/} {link https://b.example/x → https://b.example/x}.',
  ],
  ['look-alike host', '[github](https://ɡithub.com/)', 'p {link github → https://xn--ithub-qmc.com/}'],
  ['reference link', '[g][r]\n\n[r]: https://a.example/', 'p {link g → https://a.example/}'],
  ['user before the host', '[docs](https://docs.example@evil.example/)', 'p docs (https://docs.example@evil.example/)'],
  ['script link', '[run](javascript:alert)', 'p run (javascript:alert)'],
  [
    'script link in disguise',
    '[run](java&#x09;script&colon;alert)',
    'p run (java⟨U+0009⟩script:alert)'.replace('⟨U+0009⟩', '\t'),
  ],
  ['command link', '[go](command:quit)', 'p go (command:quit)'],
  ['relative link', '[a](src/a.ts)', 'p a (src/a.ts)'],
  ['slash-slash link', '[a](//evil.example)', 'p a (//evil.example)'],
  ['mail', 'a@b.example', 'p a@b.example'],
  ['image', '![chart](https://evil.example/?d=1)', 'p chart (https://evil.example/?d=1)'],
  [
    'image inside a link',
    '[![b](https://evil.example/)](https://a.example/)',
    'p {link b (https://evil.example/) → https://a.example/}',
  ],
  ['inline html', 'a <b onclick="x">c</b>', 'p a <b onclick="x">c</b>'],
  ['block html', '<div>\n<img src=x>\n</div>', 'p <div>\n<img src=x>\n</div>'],
  ['bidi override is marked', 'a\u202eb', 'p a⟨U+202E⟩b'],
  ['hidden tags are marked', 'Done.\u{e0073}\u{e0065}', 'p Done.⟨U+E0073 … ×2⟩'],
  ['hidden selectors are marked', 'x\ufe01\ufe02y', 'p x⟨U+FE01 … ×2⟩y'],
  ['zero width made by an entity is marked', 'a&#8203;b', 'p a⟨U+200B⟩b'],
  ['control characters in code are marked', '```\n\u001b[2J\n```', 'code#0 ||⟨U+001B⟩[2J'],
  ['emoji stay whole', '👩‍💻 ❤️ 1️⃣', 'p 👩‍💻 ❤️ 1️⃣'],
  ['half a surrogate by number', '&#xd800;', 'p \ufffd'],
  ['nothing', '', ''],
];

describe('markdown', () => {
  it.each(cases)('%s', (_name, markdown, expected) => {
    expect(written(blocksOf(markdown))).toBe(expected);
  });

  it('restores what is shown, and never an address or what would then be marks', () => {
    const secret = 'REDACTED_KEY_0123abcd_';
    const show = (text: string): string => text.replaceAll(secret, '**s3cret**');
    const shown = written(blocksOf(`${secret} \`${secret}\` [x](https://a.example/?d=${secret})`, show));
    expect(shown).toBe(`p **s3cret** {code **s3cret**} {link x → https://a.example/?d=${secret}}`);
  });

  const hostile: readonly [name: string, text: string][] = [
    ['quotes in quotes', '>'.repeat(5000)],
    ['lists in lists', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['beyond the limit', 'word '.repeat(30_000)],
    ['open brackets', '!['.repeat(5000)],
  ];
  it.each(hostile)('survives %s with all of the text', (_name, text) => {
    const shown = written(blocksOf(text)).replaceAll(/[^a-z>![]/g, '');
    expect(shown.length).toBeGreaterThan(text.replaceAll(/[^a-z>![]/g, '').length * 0.9);
  });

  it('gives code as it came, by its number', () => {
    const found = codeBlocksOf('```ts src/a.ts\na\u200bREDACTED_KEY_0123abcd_\n```\n> ```\n> b\n> ```');
    expect(found.map((code) => [code.path, code.text])).toEqual([
      ['src/a.ts', 'a\u200bREDACTED_KEY_0123abcd_'],
      [undefined, 'b'],
    ]);
  });
});
