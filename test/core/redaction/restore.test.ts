import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restore, restored, restoreStream } from '../../../src/core/redaction/restore.ts';
import { createVault, PLACEHOLDER_MAX, type Vault } from '../../../src/core/redaction/vault.ts';

const HERE = 'file:///here.ts';
const OTHER = 'file:///other.ts';

/** A keyed hash that is none: enough to tell values apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, '0');
}

const vaultWith = (...values: readonly (readonly [string, string, string])[]): Vault => {
  const vault = createVault(hash);
  for (const [type, value, origin] of values) vault.placeholder(type, value, origin);
  return vault;
};

describe('restore', () => {
  const vault = vaultWith(['CPF', 'one', HERE], ['PASSWORD', 'two', OTHER], ['PASSWORD', 'three', HERE]);
  const one = vault.placeholder('CPF', 'one', HERE);
  const two = vault.placeholder('PASSWORD', 'two', OTHER);
  const cases: readonly (readonly [string, string, 'display' | { uri: string }, string])[] = [
    ['for display, every value', `a ${one} b ${two}`, 'display', 'a one b two'],
    ['into a file, its own values only', `a ${one} b ${two}`, { uri: HERE }, `a one b ${two}`],
    ['nothing that the model invents', 'REDACTED_CPF_00000000_', 'display', 'REDACTED_CPF_00000000_'],
    ['nothing of another type', one.replace('CPF', 'PIS'), 'display', one.replace('CPF', 'PIS')],
    ['neighbours without a gap', `${one}${two}${one}`, 'display', 'onetwoone'],
    ['a placeholder inside an identifier', `x${one}y`, 'display', 'xoney'],
  ];
  it.each(cases)('%s', (_name, text, target, expected) => {
    expect(restore(text, vault, target)).toBe(expected);
  });

  it('once: a value that looks like a placeholder is not restored again', () => {
    const nested = vaultWith(['LITERAL', one, HERE], ['CPF', 'one', HERE]);
    expect(restore(nested.placeholder('LITERAL', one, HERE), nested, 'display')).toBe(one);
  });
});

describe('restoreStream', () => {
  const vault = vaultWith(['CPF', 'one', HERE], ['A', '', HERE], ['ABCDEFGHIJKLMNOPQRSTUVWX', 'long', HERE]);
  const placeholders = [
    vault.placeholder('CPF', 'one', HERE),
    vault.placeholder('ABCDEFGHIJKLMNOPQRSTUVWX', 'long', HERE),
    'REDACTED_CPF_00000000_',
    'REDACTED_CPF_0000',
    'REDACTED_',
    'RED',
    'R',
  ];
  const piece = fc.oneof(fc.constantFrom(...placeholders), fc.string({ maxLength: 6 }), fc.constantFrom('_', 'a', 'R'));

  it('gives the same for every chunking, and holds back less than a placeholder', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.nat({ max: 12 }), { maxLength: 40 }),
        (pieces, cuts) => {
          const text = pieces.join('');
          const stream = restoreStream(vault, 'display');
          let out = '';
          let from = 0;
          for (const length of [...cuts, text.length]) {
            const chunk = text.slice(from, from + length);
            from += chunk.length;
            out += stream.push(chunk);
            const settled = restore(text.slice(0, Math.max(0, from - PLACEHOLDER_MAX + 1)), vault, 'display');
            expect(out.length).toBeGreaterThanOrEqual(settled.length - PLACEHOLDER_MAX);
          }
          expect(out + stream.end()).toBe(restore(text, vault, 'display'));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('holds nothing back that cannot become a placeholder', () => {
    const stream = restoreStream(vault, 'display');
    expect(stream.push('a Red RED_ REDACTED x REDACTED_cpf')).toBe('a Red RED_ REDACTED x REDACTED_cpf');
    expect(stream.push('x RE')).toBe('x ');
    expect(stream.push('D')).toBe('');
    expect(stream.push('!')).toBe('RED!');
    expect(stream.end()).toBe('');
  });
});

describe('restored', () => {
  type Event = { type: 'text' | 'reasoning'; text: string } | { type: 'end'; reason: string };
  const vault = vaultWith(['CPF', 'one', HERE]);
  const placeholder = vault.placeholder('CPF', 'one', HERE);

  async function* from(events: readonly Event[]): AsyncGenerator<Event> {
    yield* events;
  }

  it('maps text and reasoning apart, and flushes before the last event', async () => {
    const events: Event[] = [
      { type: 'reasoning', text: placeholder.slice(0, 12) },
      { type: 'text', text: `say ${placeholder.slice(0, 5)}` },
      { type: 'reasoning', text: placeholder.slice(12) },
      { type: 'text', text: `${placeholder.slice(5)} RED` },
      { type: 'end', reason: 'stop' },
    ];
    const out: unknown[] = [];
    for await (const event of restored(from(events), vault, 'display')) out.push(event);
    expect(out).toEqual([
      { type: 'text', text: 'say ' },
      { type: 'reasoning', text: 'one' },
      { type: 'text', text: 'one ' },
      { type: 'text', text: 'RED' },
      { type: 'end', reason: 'stop' },
    ]);
  });
});
