import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rescan, scanWhole } from '../../../src/core/redaction/rescan.ts';
import type { ScanOptions } from '../../../src/core/redaction/scan.ts';
import { createScanCache } from '../../../src/core/redaction/scan-cache.ts';

const options: ScanOptions = {
  path: '',
  languageId: 'yaml',
  custom: { rules: [], words: ['Falcon'] },
  now: () => 0,
  deadline: 1,
};

const armour = `-----BEGIN ${'PRIVATE'} KEY-----\n${'MIIabc9Q'.repeat(8)}\n-----END PRIVATE KEY-----\n`;
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('name: value\n', '# a remark\n', 'list:\n  - one\n', '\n', 'code = call(a, b)\n'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'password: hx7Tq-mz2\n',
      'note hx7Tq-mz2\n',
      'cpf: 529.982.247-25\n',
      'Falcon\n',
      'key: "a" +\n  "b"\n',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(armour, '| user | password |\n|---|---|\n| ops | rT6yU8iO2p |\n') },
);
/** Long enough that most of it is outside the window. */
const document = fc
  .array(line, { minLength: 0, maxLength: 60 })
  .map((lines) => `${lines.join('')}${'filler: text\n'.repeat(900)}${lines.toReversed().join('')}`);
const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 40 }),
  insert: fc.constantFrom('x', '"', 'password: ', 'hx7Tq-mz2', '\n', '-----END', 'Falcon ', '529.982.247-25', ''),
});

describe('rescan', () => {
  it('finds after every edit what a whole scan finds', () => {
    fc.assert(
      fc.property(document, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
        let current = text;
        let scanned = scanWhole(current, options);
        for (const { at, remove, insert } of edits) {
          const start = at % (current.length + 1);
          current = current.slice(0, start) + insert + current.slice(start + remove);
          scanned = scanned && rescan(scanned, current, options);
          expect(scanned?.findings).toEqual(scanWhole(current, options)?.findings);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('createScanCache', () => {
  it('scans a text once', () => {
    const cache = createScanCache();
    let asked = 0;
    const counting = { ...options, now: () => asked++ * 0 };
    cache.scan('a', 'password: hx7Tq-mz2', 'p', counting);
    const before = asked;
    expect(cache.scan('a', 'password: hx7Tq-mz2', 'p', counting)).toMatchObject({
      ok: true,
      findings: [{ type: 'PASSWORD' }],
    });
    expect(asked).toBe(before);
  });

  it.each([
    ['another policy', 'q', 'yaml'],
    ['another language', 'p', 'typescript'],
  ])('scans anew under %s', (_name, policy, languageId) => {
    const cache = createScanCache();
    cache.scan('a', 'a: b', 'p', options);
    let asked = 0;
    cache.scan('a', 'a: b', policy, { ...options, languageId, now: () => asked++ * 0 });
    expect(asked).toBeGreaterThan(0);
  });

  it('keeps nothing of a scan that ran out of time', () => {
    const cache = createScanCache();
    expect(cache.scan('a', 'a: b', 'p', { ...options, now: () => 2 })).toEqual({ ok: false, why: 'deadline' });
    expect(cache.scan('a', 'a: b', 'p', options)).toEqual({ ok: true, findings: [] });
  });

  it('scans whole when a value over many lines is longer than its reach', () => {
    // A token of three parts over lines of 60 characters, joined, as code holds long ones.
    const part = (length: number, seed: number) =>
      Array.from({ length }, (_, at) => 'Xe5TqWi4oPz7Lw2v'.charAt((at * 7 + seed) % 16)).join('');
    const token = `eyJhbGciOiJSUzI1NiJ9.${['eyJ', part(1600, 3)].join('')}.${part(340, 5)}`;
    const lines = token.match(/.{1,60}/g)?.map((piece) => `  '${piece}' +`) ?? [];
    const text = `const token =\n${lines.join('\n')}\n  '';\n${'const other = 1;\n'.repeat(200)}`;
    let scanned = scanWhole(text, options);
    expect(scanned?.findings.length).toBeGreaterThan(0);
    for (let at = 100; at < text.length / 2; at += 97) {
      const edited = `${text.slice(0, at)}aB3dE5gH7j${text.slice(at)}`;
      scanned = scanWhole(text, options);
      expect(scanned && rescan(scanned, edited, options)?.findings).toEqual(scanWhole(edited, options)?.findings);
    }
  });
});
