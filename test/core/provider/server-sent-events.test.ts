import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventParser, type ServerSentEvent } from '../../../src/core/provider/server-sent-events.ts';

function parsed(pieces: readonly string[]): readonly ServerSentEvent[] {
  const parser = createEventParser();
  return pieces.flatMap((piece) => {
    const events = parser.push(piece);
    if (events === 'too-large') throw new Error(events);
    return events;
  });
}

test.each<[string, string, readonly [string, string][]]>([
  ['one event', 'data: a\n\n', [['', 'a']]],
  ['only one space is dropped', 'data:  a\n\n', [['', ' a']]],
  ['lines are joined', 'data: a\ndata:b\ndata\n\n', [['', 'a\nb\n']]],
  ['comments and unknown fields', ': hi\nid: 3\nfoo: x\ndata: a\n\n', [['', 'a']]],
  [
    'name',
    'event: error\ndata: a\n\ndata: b\n\n',
    [
      ['error', 'a'],
      ['', 'b'],
    ],
  ],
  ['no data, no event', 'event: ping\n\n\n\n', []],
  ['unfinished', 'data: a\n\ndata: b\n', [['', 'a']]],
  ['CRLF', 'data: a\r\ndata: b\r\n\r\n', [['', 'a\nb']]],
  ['CR', 'data: a\rdata: b\r\r\n', [['', 'a\nb']]],
  ['byte order mark', '\uFEFFdata: a\n\n', [['', 'a']]],
])('%s', (_name, text, events) => {
  expect(parsed([text]).map(({ name, payload }) => [name, payload])).toEqual(events);
});

test('any cut gives the same events', () => {
  const alphabet = fc.constantFrom('data:', 'data: ', 'event: e', ':', 'x', '\n', '\r', '\r\n', '\n\n', 'é');
  fc.assert(
    fc.property(fc.array(alphabet), fc.array(fc.nat(40)), (parts, cuts) => {
      const text = parts.join('');
      const at = [...new Set(cuts.filter((cut) => cut < text.length))].sort((a, b) => a - b);
      const pieces = [0, ...at].map((start, index) => text.slice(start, at[index] ?? text.length));
      expect(parsed(pieces)).toEqual(parsed([text]));
    }),
  );
});

test.each([
  ['a line without an end', ['data: ', 'x'.repeat(60), 'x'.repeat(60)]],
  ['an event of many lines', Array.from({ length: 20 }, () => 'data: 12345\n')],
])('%s beyond the limit is given up', (_name, pieces) => {
  const parser = createEventParser(100);
  expect(pieces.map((piece) => parser.push(piece)).at(-1)).toBe('too-large');
  expect(parser.push('data: a\n\n')).toBe('too-large');
});
