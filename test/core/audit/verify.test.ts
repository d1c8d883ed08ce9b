import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../../src/core/audit/canonical.ts';
import { emptyChain, type Head, link } from '../../../src/core/audit/chain.ts';
import { verifySegment } from '../../../src/core/audit/verify.ts';

const SEGMENT = 'audit-2027-01-31-0a1b2c3d.jsonl';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function logOf(records: readonly Json[], segment = SEGMENT): { readonly text: string; readonly head: Head } {
  let head = emptyChain(segment, sha256);
  let text = '';
  for (const record of records) {
    const linked = link(head, record, sha256);
    text += linked.line;
    head = linked.head;
  }
  return { text, head };
}

const records = Array.from({ length: 12 }, (_, n) => ({
  type: 'outcome',
  n,
  model: `m${n % 3}`,
  files: ['é', '\ud800'],
}));
const log = logOf(records);
const other = logOf(records.map((record) => ({ ...record, model: 'x' })));

function check(text: string, line: number, problem: RegExp): void {
  const verified = verifySegment(text, SEGMENT, sha256, [log.head]);
  expect(verified).toMatchObject({ ok: false, line });
  expect(verified.ok ? '' : verified.problem).toMatch(problem);
}

const lines = log.text.split('\n').slice(0, -1);
const textOf = (some: readonly string[]): string => some.map((line) => `${line}\n`).join('');

describe('verifySegment', () => {
  it('gives the records and the head of a sound log', () =>
    expect(verifySegment(log.text, SEGMENT, sha256, [log.head, emptyChain(SEGMENT, sha256)])).toEqual({
      ok: true,
      head: log.head,
      records,
    }));

  it('takes an empty log', () =>
    expect(verifySegment('', SEGMENT, sha256)).toEqual({ ok: true, head: emptyChain(SEGMENT, sha256), records: [] }));

  it('names the first bad line', () => {
    check(log.text.replace('"model":"m1"', '"model":"m2"'), 2, /was changed/);
    check(textOf(lines.toSpliced(4, 1)), 5, /record 4 is missing or moved: this is record 5/);
    check(textOf(lines.toSpliced(4, 0, lines[3] ?? '')), 5, /missing or moved/);
    check(textOf([...lines.slice(0, 5), ...lines.slice(5).reverse()]), 6, /missing or moved/);
    check(textOf(lines.slice(0, 9)), 10, /had 12 records and has 9: its end was cut/);
    check(log.text.slice(0, -1), 12, /has no end/);
    check(textOf(lines.map((line) => line.replace('{', '{ '))), 1, /not a record as Postern writes it/);
    check('', 1, /had 12 records and has 0/);
    check(other.text, 12, /not the one that was there/);
  });

  it('notices a segment under another name', () =>
    expect(verifySegment(log.text, SEGMENT.replace('0a', '0b'), sha256)).toMatchObject({ ok: false, line: 1 }));

  it('notices a line that was changed and hashed again, and all after it', () => {
    const forged = logOf(records.map((record, n) => (n === 6 ? { ...record, model: 'forged' } : record)));
    const forgedLines = forged.text.split('\n');
    check(textOf([...lines.slice(0, 6), forgedLines[6] ?? '', ...lines.slice(7)]), 8, /the record before it/);
    check(forged.text, 12, /not the one that was there/);
  });

  it('finds every mutation of a log', () => {
    const index = fc.nat({ max: lines.length - 1 });
    const offset = fc.nat({ max: log.text.length - 1 });
    const mutated = fc.oneof(
      fc.tuple(offset, fc.integer({ min: 1, max: 127 })).map(([at, by]) => {
        const code = log.text.charCodeAt(at);
        return log.text.slice(0, at) + String.fromCharCode(code ^ by) + log.text.slice(at + 1);
      }),
      fc
        .tuple(offset, fc.integer({ min: 1, max: 400 }))
        .map(([at, by]) => log.text.slice(0, at) + log.text.slice(at + by)),
      fc
        .tuple(offset, fc.string({ minLength: 1 }))
        .map(([at, text]) => log.text.slice(0, at) + text + log.text.slice(at)),
      fc.tuple(index, fc.integer({ min: 1, max: 12 })).map(([at, many]) => textOf(lines.toSpliced(at, many))),
      fc.tuple(index, index).map(([at, from]) => textOf(lines.toSpliced(at, 0, lines[from] ?? ''))),
      fc.tuple(index, index).map(([a, b]) => textOf(lines.with(a, lines[b] ?? '').with(b, lines[a] ?? ''))),
      fc.tuple(index, index).map(([at, from]) => textOf(lines.with(at, other.text.split('\n')[from] ?? ''))),
      offset.map((at) => log.text.slice(0, at)),
      index.map((at) => logOf(records.toSpliced(at, 1)).text),
      index.map((at) => logOf(records.map((record, n) => (n === at ? { ...record, model: 'forged' } : record))).text),
    );
    fc.assert(
      fc.property(
        mutated.filter((text) => text !== log.text),
        (text) => !verifySegment(text, SEGMENT, sha256, [log.head]).ok,
      ),
      { numRuns: 10_000 },
    );
  });

  it('finds every mutation but a cut at the end without knowing the head', () => {
    const at = fc.nat({ max: log.text.length - 1 });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 127 }), (offset, by) => {
        const code = log.text.charCodeAt(offset) ^ by;
        const text = log.text.slice(0, offset) + String.fromCharCode(code) + log.text.slice(offset + 1);
        return !verifySegment(text, SEGMENT, sha256).ok;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x'], c: undefined }, '{"a":[true,null,"x"],"b":1}'],
    [{ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\ufb33': 5 }, '{"\\r":2,"1":3,"€":1,"😀":4,"\ufb33":5}'],
    [1e21, '1e+21'],
    [-0, '0'],
    ['\u2028"\\\u0001', '"\u2028\\"\\\\\\u0001"'],
  ])('%j → %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('refuses numbers that JSON does not have', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => canonicalJson({ value })).toThrow(RangeError);
  });

  it('reads back to the same value in the same words', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    ));
});
