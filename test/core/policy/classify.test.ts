import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, type Facts } from '../../../src/core/policy/classify.ts';
import { dataClasses } from '../../../src/core/policy/schema.ts';
import { examplePolicy } from './policies.ts';

const policy = examplePolicy();

function facts(changes: Partial<Facts> = {}): Facts {
  const path = changes.path ?? 'src/reader.ts';
  return { path, uri: `file:///w/${path}`, languageId: 'typescript', remotes: [], findings: {}, ...changes };
}

function check(changes: Partial<Facts>, expected: string, rules?: readonly string[]): void {
  const classified = classify(policy, facts(changes), 'chat');
  expect(classified.class).toBe(expected);
  if (rules) expect(classified.steps.map(({ rule }) => rule)).toEqual(rules);
}

const remotes: readonly (readonly [remote: string, expected: string])[] = [
  ['https://git.example/payments/ledger.git', 'confidential'],
  ['https://user:word@git.example/payments/ledger', 'confidential'],
  ['https://GIT.EXAMPLE:8443/payments/ledger.git/', 'confidential'],
  ['ssh://git@git.example:2222/payments/ledger.git', 'confidential'],
  ['git+ssh://git@git.example/payments/ledger.git', 'confidential'],
  ['git@git.example:payments/ledger.git', 'confidential'],
  ['git@git.example:/payments/deep/ledger.git', 'confidential'],
  ['git.example:payments/ledger', 'confidential'],
  ['https://git.example/Payments/ledger', 'confidential'],
  ['https://git.example/open-source/../payments/ledger', 'confidential'],
  ['https://git.example/%70ayments/ledger', 'confidential'],
  ['https://git.example./payments/ledger', 'confidential'],
  // hosts that stand for others in somebody's configuration
  ['git@work:payments/ledger.git', 'confidential'],
  ['git@git.example-work:payments/ledger.git', 'confidential'],
  ['work:open-source/tool', 'internal'],
  // a path on this machine tells nothing about the origin
  ['/srv/git/ledger.git', 'confidential'],
  ['../ledger', 'confidential'],
  ['file:///srv/git/ledger.git', 'confidential'],
  ['C:\\repositories\\ledger', 'confidential'],
  ['https://git.example/open-source/tool', 'public'],
  ['git@git.example:open-source/tool.git', 'public'],
  ['https://git.example/Open-Source/tool', 'internal'],
  ['https://git.example/payments-public/site', 'internal'],
  ['https://elsewhere.example/payments/ledger', 'internal'],
  ['https://elsewhere.example/git.example/open-source/x', 'internal'],
];

describe('classify', () => {
  it.each(remotes)('remote %s → %s', (remote, expected) => check({ remotes: [remote] }, expected));

  it('gives the default where no rule speaks', () => check({}, 'internal', ['defaultClass']));

  it('takes the highest over all remotes', () => {
    check({ remotes: ['https://git.example/open-source/a', 'https://git.example/payments/b'] }, 'confidential');
    check({ remotes: ['https://git.example/open-source/a', 'https://git.example/other/b'] }, 'internal');
    check({ remotes: ['https://git.example/open-source/a', 'git@git.example:open-source/b'] }, 'public');
  });

  it('fears the worst where remotes cannot be read', () => check({ remotes: 'unknown' }, 'confidential'));

  it('raises by path in any spelling, and tells so', () => {
    const publicRemote = ['https://git.example/open-source/a'];
    check({ path: 'drivers/hsm/io.c', remotes: publicRemote }, 'restricted', ['classes[0]', 'classes[3]']);
    check({ path: 'drivers/HSM/io.c', remotes: publicRemote }, 'restricted');
    check({ path: 'io.c', uri: 'file:///src/hsm/io.c', remotes: publicRemote }, 'restricted');
    check({ path: 'io.c', realPath: '/src/hsm/io.c', remotes: publicRemote }, 'restricted');
  });

  it('counts findings of the named types together', () => {
    check({ findings: { cpf: 2 } }, 'internal');
    check({ findings: { cpf: 2, cnpj: 1 } }, 'confidential', ['classes[2]']);
    check({ findings: { email: 9 } }, 'internal');
  });

  it.each([
    ['client-number', 'clientnumber', 'restricted'],
    ['Client_Number', 'CLIENTNUMBER', 'restricted'],
    // types end after 24 characters
    ['number-of-an-account-at-the-bank', 'numberofanaccountattheba', 'restricted'],
    ['client-number', 'clientname', 'internal'],
  ])('findings of the policy’s own rule %s, found as %s → %s', (name, type, expected) => {
    const own = examplePolicy({ classes: [{ class: 'restricted', when: { findings: [name] } }] });
    expect(classify(own, facts({ findings: { [type]: 1 } }), 'chat').class).toBe(expected);
    expect(classify(own, facts(), 'chat').class).toBe('internal');
  });

  it('wants every named condition', () => {
    const both = examplePolicy({
      classes: [{ class: 'restricted', when: { path: ['*.sql'], language: ['sql'], findings: ['CPF'] } }],
    });
    const of = (changes: Partial<Facts>) => classify(both, facts(changes), 'chat').class;
    expect(of({ path: 'a.sql', languageId: 'sql', findings: { cpf: 1 } })).toBe('restricted');
    expect(of({ path: 'a.sql', languageId: 'SQL', findings: { cpf: 1 } })).toBe('restricted');
    expect(of({ path: 'a.sql', languageId: 'sql' })).toBe('internal');
    expect(of({ path: 'a.txt', languageId: 'sql', findings: { cpf: 1 } })).toBe('internal');
  });

  it('understands remotes of a rule however they are written', () => {
    for (const remote of [
      'https://git.example/payments/**',
      'git@git.example:payments/**',
      'GIT.example/payments/ledger.git',
    ]) {
      const written = examplePolicy({ classes: [{ class: 'restricted', when: { remote: [remote] } }] });
      const given = facts({ remotes: ['ssh://git@git.example:22/payments/ledger.git'] });
      expect(classify(written, given, 'chat').class).toBe('restricted');
    }
  });

  it('says which rule and what it matched, and nothing of the document', () => {
    const { steps } = classify(policy, facts({ path: 'private-name/hsm/x.c' }), 'chat');
    expect(steps).toEqual([{ rule: 'classes[0]', says: 'restricted: its path matches **/hsm/**' }]);
  });

  it('never lowers a class for knowing less or seeing more remotes', () => {
    const known = fc.constantFrom(...remotes.map(([remote]) => remote));
    const rank = (given: Facts) => dataClasses.indexOf(classify(policy, given, 'completion').class);
    fc.assert(
      fc.property(fc.array(known, { minLength: 1, maxLength: 3 }), known, (some, another) => {
        const before = rank(facts({ remotes: some }));
        expect(rank(facts({ remotes: [...some, another] }))).toBeGreaterThanOrEqual(before);
        expect(rank(facts({ remotes: 'unknown' }))).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
