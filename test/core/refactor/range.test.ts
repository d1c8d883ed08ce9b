import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/core/document/snapshot.ts';
import { extractRange, linesOfSpan, refactorRange, wholeLines } from '../../../src/core/refactor/range.ts';
import { redactedDocument } from '../../support/redacted-document.ts';

/** Text with `[` and `]` around a selection, or `|` for a cursor, and `«` `»` around each symbol. */
function parse(marked: string): { text: string; selection: Span; symbols: readonly Span[] } {
  let text = '';
  const starts: number[] = [];
  const symbols: Span[] = [];
  let selection: Span = { start: 0, end: 0 };
  for (const character of marked) {
    if (character === '«') starts.push(text.length);
    else if (character === '»') symbols.push({ start: starts.pop() ?? 0, end: text.length });
    else if (character === '[') selection = { start: text.length, end: text.length };
    else if (character === ']') selection = { start: selection.start, end: text.length };
    else if (character === '|') selection = { start: text.length, end: text.length };
    else text += character;
  }
  return { text, selection, symbols };
}

const cases: readonly [name: string, marked: string, range: string][] = [
  ['a selection inside a line takes the line', 'a\nfoo([b])\nc', 'foo(b)'],
  ['a selection over lines takes them whole', 'a\nb[1\nb]2\nc', 'b1\nb2'],
  ['a selection up to the next line leaves that out', 'a\n[b\n]c', 'b'],
  ['Windows line ends stay outside', 'a\r\n[b]\r\nc', 'b'],
  ['the last line', 'a\n[b]', 'b'],
  ['the first line after a blank one', '\n[b]\nc', 'b'],
  ['a blank first line', '|\nb', '\nb'],
  ['a cursor in a symbol takes it', 'x\n«f() {\n  |a\n}»\ny', 'f() {\n  a\n}'],
  ['a cursor in nested symbols takes the inner one', '«class A {\n  «f() {\n  |a\n  }»\n}»', '  f() {\n  a\n  }'],
  ['a cursor outside every symbol takes the lines around', 'a\n|b\nc', 'a\nb\nc'],
];

describe('refactorRange', () => {
  it.each(cases)('%s', (_name, marked, range) => {
    const { text, selection, symbols } = parse(marked);
    const found = refactorRange(redactedDocument(text), text, { selection, symbols });
    expect(text.slice(found.original.start, found.original.end)).toBe(range);
    expect(found.redacted).toEqual(found.original);
  });

  it('takes few lines around the cursor when the symbol is too long', () => {
    const body = Array.from({ length: 400 }, (_, line) => `  line${line};`);
    const text = ['f() {', ...body, '}'].join('\n');
    const at = text.indexOf('line200');
    const { original } = refactorRange(redactedDocument(text), text, {
      selection: { start: at, end: at },
      symbols: [{ start: 0, end: text.length }],
    });
    const lines = text.slice(original.start, original.end).split('\n');
    expect([lines[0], lines.at(-1)]).toEqual(['  line185;', '  line215;']);
  });

  it('moves to redacted offsets, and never cuts a finding of several lines', () => {
    const dashes = '-----';
    const body = [
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
      'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
      'MzEfYyjiWA4R4ypbHqGC0H0+tG3hGbN2',
    ];
    const secret = [`${dashes}BEGIN ${'PRIVATE'} KEY${dashes}`, ...body, `${dashes}END ${'PRIVATE'} KEY${dashes}`].join(
      '\n',
    );
    const text = `a\nkey = \`${secret}\`\nb\nc`;
    const document = redactedDocument(text);
    const inside = text.indexOf(body[1] ?? '');
    const { original, redacted } = refactorRange(document, text, {
      selection: { start: inside, end: inside + 6 },
      symbols: [],
    });
    expect(text.slice(original.start, original.end)).toBe(body.join('\n'));
    expect(document.text.slice(redacted.start, redacted.end).text).toMatch(/^REDACTED_[A-Z0-9]+_[0-9a-f]{8}_$/);
  });
});

describe('extractRange', () => {
  it('works in the symbol around the selection, with the selection in focus', () => {
    const { text, selection, symbols } = parse('x\n«f() {\n  «[a();\n  b();]»\n}»\ny');
    const { range, focus } = extractRange(redactedDocument(text), text, { selection, symbols });
    expect(text.slice(range.original.start, range.original.end)).toBe('f() {\n  a();\n  b();\n}');
    expect(text.slice(focus.original.start, focus.original.end)).toBe('  a();\n  b();');
  });

  it('works in the selection alone where nothing is around it', () => {
    const { text, selection } = parse('x\n[a();\nb();]\ny');
    const { range, focus } = extractRange(redactedDocument(text), text, { selection, symbols: [] });
    expect(range).toEqual(focus);
  });
});

describe('wholeLines', () => {
  it('leaves an empty document as it is', () => {
    expect(wholeLines('', { start: 0, end: 0 })).toEqual({ start: 0, end: 0 });
  });
});

describe('linesOfSpan', () => {
  it('points at a line inside the range that is fixed', () => {
    const { text, selection, symbols } = parse('x\n«f() {\n  a();\n  b(|1);\n}»\ny');
    const document = redactedDocument(text);
    const focus = linesOfSpan(document, text, selection);
    const range = refactorRange(document, text, { selection, symbols });
    expect(text.slice(focus.original.start, focus.original.end)).toBe('  b(1);');
    expect(text.slice(range.original.start, range.original.end)).toBe('f() {\n  a();\n  b(1);\n}');
  });
});
