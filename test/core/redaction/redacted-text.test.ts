import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, join, type RedactedText } from '../../../src/core/redaction/redact.ts';
import { restore } from '../../../src/core/redaction/restore.ts';
import { PLACEHOLDER } from '../../../src/core/redaction/vault.ts';
import { redactedDocument, testVault } from '../../support/redacted-document.ts';

/** Documents made of plain text, astral characters and words that the policy has replaced. */
const words = ['Falcon', 'Zephyr42', 'projeto-x'];
const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(' ', '\n', ', ', '😀', '(', '"', 'x = ', 'REDACTED_CPF_0a1b2c3d_', '<|end|>'),
  fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')),
);
const source = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' '));

const LONE_SURROGATE = /\p{Surrogate}/u;

const whole = (text: RedactedText): void => {
  for (const finding of text.findings) {
    const placeholder = text.text.slice(finding.start, finding.end);
    expect(placeholder.match(PLACEHOLDER)).toEqual([placeholder]);
  }
};

describe('RedactedText', () => {
  it('restores to the document it was made of', () => {
    fc.assert(
      fc.property(source, (text) => {
        const vault = testVault();
        const document = redactedDocument(text, { words, vault });
        expect(restore(document.text.text, vault, { uri: document.uri })).toBe(text);
        for (const word of document.findings.map(({ start, end }) => text.slice(start, end)))
          expect(document.text.text.split(/[^\p{L}\p{N}_-]/u)).not.toContain(word);
      }),
    );
  });

  it('is sliced without ever cutting a placeholder or a surrogate pair', () => {
    fc.assert(
      fc.property(source, fc.nat(), fc.nat(), (text, a, b) => {
        const document = redactedDocument(text, { words }).text;
        const [start, end] = [a % (document.length + 1), b % (document.length + 1)];
        const slice = document.slice(start, end);
        whole(slice);
        expect(document.text).toContain(slice.text);
        expect(LONE_SURROGATE.test(slice.text) && !LONE_SURROGATE.test(text)).toBe(false);
        const placeholders = slice.text.match(PLACEHOLDER) ?? [];
        expect(slice.findings.length).toBe(placeholders.length);
        expect(slice.length).toBeLessThanOrEqual(Math.max(0, end - start));
      }),
    );
  });

  it('maps every offset outside a finding to the same character', () => {
    fc.assert(
      fc.property(source, (text) => {
        const document = redactedDocument(text, { words });
        for (let at = 0; at < text.length; at++) {
          const inside = document.findings.some(({ start, end }) => start < at && at < end);
          const mapped = document.offsetOf(at);
          expect(mapped === undefined).toBe(inside);
          if (mapped === undefined || document.findings.some(({ start }) => start === at)) continue;
          expect(document.text.text.charAt(mapped)).toBe(text.charAt(at));
        }
        expect(document.offsetOf(text.length)).toBe(document.text.length);
      }),
    );
  });

  it('keeps findings in place when texts are joined and composed', () => {
    fc.assert(
      fc.property(source, source, (a, b) => {
        const vault = testVault();
        const one = redactedDocument(a, { words, vault, path: 'a.txt' }).text;
        const two = redactedDocument(b, { words, vault, path: 'b.txt' }).text;
        for (const text of [join([one, two, one], '\n'), compose`# ${one}\n${7}${two}`]) {
          whole(text);
          expect(text.findings.length).toBe((text.text.match(PLACEHOLDER) ?? []).length);
          expect(text.sources.map(({ path }) => path).toSorted()).toEqual(['a.txt', 'b.txt']);
        }
      }),
    );
  });

  it('breaks every marker and nothing else', () => {
    fc.assert(
      fc.property(source, (text) => {
        const document = redactedDocument(text, { words }).text;
        const neutral = document.neutralised(['<|end|>', '<|end']);
        whole(neutral);
        expect(neutral.text).not.toContain('<|end');
        expect(neutral.findings.length).toBe(document.findings.length);
      }),
    );
  });
});
