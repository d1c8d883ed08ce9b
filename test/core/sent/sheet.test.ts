import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/core/redaction/redact.ts';
import { legendOf, sheetOf } from '../../../src/core/sent/sheet.ts';
import { redactedDocument } from '../../support/redacted-document.ts';

const words = ['purple-walrus', 'green-otter'];

describe('a sheet', () => {
  const first = redactedDocument('const a = "purple-walrus";\nconst b = "green-otter";', { words }).text;
  const second = redactedDocument('again purple-walrus', { words }).text;
  const sheet = sheetOf(
    [
      ['Task', 'chat'],
      ['Endpoint', 'gpu-test'],
    ],
    [
      { title: 'system', text: compose`Answer.` },
      { title: 'user', text: compose`Look:\n${first}` },
      { title: 'assistant', text: second },
    ],
  );

  it('shows facts in a column and each text whole below its title', () => {
    expect(sheet.text).toMatch(
      /^Task {6}chat\nEndpoint {2}gpu-test\n\n── system ─+\nAnswer\.\n\n── user ─+\nLook:\nconst a = /,
    );
    expect(sheet.text).toContain(`Look:\n${first.text}\n`);
    expect(sheet.text.endsWith(`${second.text}\n`)).toBe(true);
  });

  it('marks each placeholder where it stands, and shows no value', () => {
    expect(sheet.marks.map(({ start, end }) => sheet.text.slice(start, end))).toEqual([
      ...first.findings.map(({ start, end }) => first.text.slice(start, end)),
      ...second.findings.map(({ start, end }) => second.text.slice(start, end)),
    ]);
    expect(sheet.marks).toHaveLength(3);
    expect(sheet.marks.every(({ kind }) => kind === 'custom')).toBe(true);
    for (const word of words) expect(sheet.text).not.toContain(word);
  });

  it('counts types, the most frequent first', () => {
    const types = ['CPF', 'AWSKEY', 'JWT', 'JWT'];
    expect(legendOf(types.map((type) => ({ type })))).toBe('2 JWT · 1 AWSKEY · 1 CPF');
    expect(legendOf([])).toBe('');
  });
});
