import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { type ScanOptions, scan } from '../../../src/core/redaction/scan.ts';
import { createVault } from '../../../src/core/redaction/vault.ts';
import { redactedDocument } from '../../support/redacted-document.ts';

const options: ScanOptions = {
  path: '',
  languageId: 'plaintext',
  custom: { rules: [], words: [] },
  now: () => 0,
  deadline: 1,
};

const found = (text: string, over: Partial<ScanOptions> = {}): string[] => {
  const outcome = scan(text, { ...options, ...over });
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.findings.map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);
};

/** Kept apart from its prefix, so that no secret scanner trips over this file. */
const KEY = `${'AK'}IA${'QX5MZ3TK7RLW2VBN'}`;

describe('what is looked through', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const cases: readonly (readonly [string, string, string])[] = [
    ['zero-width characters', `${KEY.slice(0, 9)}\u200b${KEY.slice(9)}`, `${KEY.slice(0, 9)}\u200b${KEY.slice(9)}`],
    ['a bidirectional control', `x ${KEY.slice(0, 5)}\u202e${KEY.slice(5)}`, `${KEY.slice(0, 5)}\u202e${KEY.slice(5)}`],
    ['\\u escapes', `"\\u0041${KEY.slice(1)}"`, `\\u0041${KEY.slice(1)}`],
    ['\\x escapes', `"\\x41${KEY.slice(1)}"`, `\\x41${KEY.slice(1)}`],
    ['percent escapes', `?k=%41${KEY.slice(1)}`, `%41${KEY.slice(1)}`],
    ['entities', `<a b="&#65;${KEY.slice(1)}">`, `&#65;${KEY.slice(1)}`],
    ['joined strings', `"${KEY.slice(0, 7)}" +\n  "${KEY.slice(7)}"`, `${KEY.slice(0, 7)}" +\n  "${KEY.slice(7)}`],
    ['base64', `x: ${base64(`id=${KEY}\n`)}`, base64(`id=${KEY}\n`)],
    ['base64 in base64', base64(base64(`id=${KEY};id`)), base64(base64(`id=${KEY};id`))],
    ['hex', `h("${Buffer.from(`k=${KEY}`).toString('hex')}")`, Buffer.from(`k=${KEY}`).toString('hex')],
  ];
  it.each(cases)('%s', (_name, text, value) => {
    expect(found(text).map((finding) => finding.slice(finding.indexOf(' ') + 1))).toContain(value);
  });
});

describe('what follows from a finding', () => {
  it('a value found once is found wherever it stands', () => {
    const text = `password = "hx7Tq!mz2"\n# not hx7Tq!mz2 please\nlog("hx7Tq!mz2")`;
    expect(found(text)).toEqual(Array(3).fill('PASSWORD hx7Tq!mz2'));
  });

  it('a value of letters is not found inside longer words', () => {
    expect(found('password = "xqkzvwpt"\nxqkzvwptology')).toEqual(['PASSWORD xqkzvwpt']);
  });

  it('text that looks like a placeholder gets one of its own', () => {
    const vault = createVault(() => '0a1b2c3d');
    const text = 'const a = REDACTED_CPF_0a1b2c3d_;';
    const document = redactedDocument(text, { vault });
    expect(document.text.text).toBe('const a = REDACTED_LITERAL_0a1b2c3d_;');
    expect(vault.original('REDACTED_CPF_0a1b2c3d_')).toBeUndefined();
  });
});

describe('policy', () => {
  const custom = { rules: [{ name: 'ticket-id', pattern: 'TCK-\\d{4}' }], words: ['Falcon Heavy', 'проект'] };
  it('adds patterns and words', () => {
    expect(found('see TCK-1234 of falcon heavy and Проект, not Falcon', { custom })).toEqual([
      'TICKETID TCK-1234',
      'WORD falcon heavy',
      'WORD Проект',
    ]);
  });
  it('words are whole words', () => {
    expect(found('проектный', { custom })).toEqual([]);
  });
});

describe('a file named after a secret', () => {
  it.each([
    ['config/master.key', ['SECRET 9f8c1a7be24d0356']],
    ['src/master.ts', []],
  ])('%s', (path, expected) => {
    expect(found('9f8c1a7be24d0356\n', { path })).toEqual(expected);
  });
});

describe('deadline', () => {
  it('past it nothing is reported as checked', () => {
    expect(scan('x'.repeat(10), { ...options, now: () => 2 })).toEqual({ ok: false, why: 'deadline' });
  });

  const hostile: readonly (readonly [string, string])[] = [
    ['names', 'password='],
    ['quotes', 'password="'],
    ['URLs', '://a:b'],
    ['armour', `-----BEGIN ${'PRIVATE'} KEY-----`],
    ['key sets', '{"kty":'],
    ['mail', 'a@a.'],
    ['digits', '1'],
    ['groups', '1 '],
    ['commands', 'curl -u '],
    ['token heads', 'sk-'],
    ['escapes', '\\u0041'],
    ['seams', '"a" + '],
    ['rows', 'insert into t (password) values '],
    ['cells', 'password|'],
  ];
  it.each(hostile)('the clock is asked often enough on a wall of %s', (_name, brick) => {
    let asked = 0;
    const outcome = scan(brick.repeat(Math.ceil(65_536 / brick.length)), {
      ...options,
      now: () => (asked++ > 20 ? 2 : 0),
    });
    // Either it is checked in few windows, or the clock stops it: it never runs on unasked.
    expect(asked).toBeLessThan(60);
    expect(outcome.ok || outcome.why === 'deadline').toBe(true);
  });
});

describe('the language still reads it', () => {
  const cases: readonly (readonly [string, 'ts' | 'json', string])[] = [
    ['a string stays a string', 'ts', `const password = "hx7Tq!mz2";`],
    ['a number becomes a name', 'ts', 'const cpf = 52998224725;'],
    ['a template', 'ts', 'const a = `plain`; const password = `hx7Tq!mz2`;'],
    ['JSON in JSON', 'json', '{"body": "{\\"password\\": \\"zig3HrnJiJGZ\\"}"}'],
    ['escapes', 'json', `{"k": "\\u0041${KEY.slice(1)}", "s": "x"}`],
    ['joined strings', 'ts', `const k = "${KEY.slice(0, 7)}" +\n "${KEY.slice(7)}" + "!";`],
    [
      'armour',
      'ts',
      `const k = "-----BEGIN ${'PRIVATE'} KEY-----\\n${'MIIabc9'.repeat(9)}\\n-----END PRIVATE KEY-----\\n";`,
    ],
  ];
  it.each(cases)('%s', (_name, loader, text) => {
    const languageId = loader === 'ts' ? 'typescript' : 'json';
    const document = redactedDocument(text, { languageId });
    expect(document.findings.length).toBeGreaterThan(0);
    expect(() => transformSync(document.text.text, { loader })).not.toThrow();
  });
});
