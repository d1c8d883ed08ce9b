import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault, PLACEHOLDER, PLACEHOLDER_MAX, type Vault } from '../../../src/core/redaction/vault.ts';

const conversation = (key: string): Vault =>
  createVault((text) => createHmac('sha256', key).update(text).digest('hex'));

describe('createVault', () => {
  it('gives one value one placeholder in a conversation, and another in the next', () => {
    const a = conversation('a');
    expect(a.placeholder('CPF', 'v', 'x')).toBe(a.placeholder('CPF', 'v', 'y'));
    expect(a.placeholder('CPF', 'v', 'x')).not.toBe(conversation('b').placeholder('CPF', 'v', 'x'));
  });

  it('records every origin of a value', () => {
    const vault = conversation('a');
    const placeholder = vault.placeholder('CPF', 'v', 'x');
    vault.placeholder('CPF', 'v', 'y');
    expect([...(vault.original(placeholder)?.origins ?? [])]).toEqual(['x', 'y']);
  });

  it('knows nothing of placeholders that it did not make', () => {
    expect(conversation('a').original('REDACTED_CPF_00000000_')).toBeUndefined();
  });

  it('never gives two values one placeholder, even where hashes collide', () => {
    let calls = 0;
    const vault = createVault(() => (calls++ < 3 ? '00000000' : calls.toString(16).padStart(8, '0')));
    expect(vault.placeholder('A', 'one', 'x')).not.toBe(vault.placeholder('A', 'two', 'x'));
  });

  it('makes placeholders that are identifiers, end, and fit the bound', () => {
    const vault = conversation('a');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,24}$/), fc.string(), (type, value) => {
        const placeholder = vault.placeholder(type, value, 'x');
        expect(placeholder.match(PLACEHOLDER)).toEqual([placeholder]);
        expect(placeholder.length).toBeLessThanOrEqual(PLACEHOLDER_MAX);
      }),
    );
  });
});
