import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinPolicy, withLoopback } from '../../../src/core/policy/builtin.ts';
import { decide, positionInRing, type Wish } from '../../../src/core/policy/decide.ts';
import type { ActivePolicy, Decision, Refusal } from '../../../src/core/policy/decision.ts';
import { explain, explanationText } from '../../../src/core/policy/explain.ts';
import { dataClasses, type Policy, policySchema, tasks } from '../../../src/core/policy/schema.ts';
import { examplePolicy } from './policies.ts';

const NOW = Date.parse('2027-01-01T00:00:00Z');

function decided(changes: Partial<Wish>, policy: Policy = examplePolicy(), active: Partial<ActivePolicy> = {}) {
  return decide(
    { policy, origin: 'machine', hash: 'f00d', ...active },
    { task: 'chat', class: 'internal', now: NOW, ...changes },
  );
}

const idsOf = (outcome: Decision | Refusal): readonly string[] =>
  outcome.kind === 'decision' ? outcome.models.map(({ id }) => id) : [outcome.code];

const reasonFor = (outcome: Decision | Refusal, model: string): string | undefined =>
  outcome.kind === 'decision'
    ? outcome.passedOver.find((passed) => passed.model === model)?.reason
    : outcome.steps.find(({ rule }) => rule === `models.${model}`)?.says;

const routes: readonly (readonly [Partial<Wish>, readonly string[]])[] = [
  [{ task: 'completion', class: 'internal' }, ['qwen-coder', 'n-gram']],
  [{ task: 'completion', class: 'restricted' }, ['n-gram']],
  [{ task: 'chat', class: 'public' }, ['llama', 'claude']],
  [{ task: 'chat', class: 'confidential' }, ['llama']],
  [{ task: 'chat', class: 'restricted' }, ['no-route']],
  [{ task: 'refactor', class: 'confidential' }, ['no-route']],
  [{ task: 'chat', class: 'public', preferred: 'claude' }, ['claude', 'llama']],
  [{ task: 'chat', class: 'confidential', preferred: 'claude' }, ['llama']],
  [{ task: 'chat', class: 'public', preferred: 'constructor' }, ['llama', 'claude']],
  [{ now: Date.parse('2027-02-20T00:00:00Z') }, ['policy-expired']],
];

describe('decide', () => {
  it.each(routes)('%j → %j', (wish, expected) => expect(idsOf(decided(wish))).toEqual(expected));

  it('joins the models of all matching routes, each once', () => {
    const policy = examplePolicy({
      routes: [
        { task: 'chat', classes: ['internal'], models: ['llama'] },
        { task: 'chat', classes: ['internal', 'public'], models: ['claude', 'llama'] },
      ],
    });
    expect(idsOf(decided({}, policy))).toEqual(['llama', 'claude']);
  });

  it('gives a reason for each model that is passed over', () => {
    const outcome = decided({ class: 'confidential', preferred: 'claude' });
    expect(reasonFor(outcome, 'claude')).toBe('no route lets it do chat with confidential code');
    expect(outcome.steps.at(-1)?.says).toBe(
      'claude was picked but may not be used: no route lets it do chat with confidential code',
    );
    expect(reasonFor(decided({}), 'deepseek')).toMatch(/10 % of people/);
  });

  it('refuses with the contact', () =>
    expect(decided({ class: 'restricted' })).toMatchObject({
      reason: 'Not sent: no model may do chat with restricted code. Ask platform-team@example.invalid.',
    }));

  it('refuses when the expiry cannot be read', () =>
    expect(idsOf(decided({}, { ...examplePolicy(), expires: 'soon' }))).toEqual(['policy-expired']));

  it('survives a policy that names what is not there', () => {
    const policy = policySchema.parse({
      ...examplePolicy(),
      models: { lost: { endpoint: 'toString', name: 'x', tasks: ['chat'] } },
      routes: [{ task: 'chat', classes: ['internal'], models: ['constructor', 'lost'] }],
    });
    const outcome = decided({}, policy);
    expect(reasonFor(outcome, 'constructor')).toBe('the policy does not describe it');
    expect(reasonFor(outcome, 'lost')).toBe('the policy does not describe its endpoint toString');
  });

  it.each([
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', false],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', false],
    ['atlantis.anthropic.claude-sonnet-4-5-20250929-v1:0', false],
    ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-x', false],
    ['arn:aws:bedrock:sa-east-1:123456789012:application-inference-profile/abc', false],
    ['arn:aws:bedrock:sa-east-1:123456789012:inference-profile/us.anthropic.claude-x', false],
    ['arn:aws:bedrock:sa-east-1::foundation-model/anthropic.claude-x', true],
    ['deepseek.v3.2', true],
    ['zai.glm-4.7', true],
  ])('Bedrock model %s stays in its region: %s', (name, stays) => {
    const { models } = examplePolicy();
    const policy = examplePolicy({ models: { ...models, claude: { ...models.claude, name } } });
    expect(idsOf(decided({}, policy)).includes('claude')).toBe(stays);
  });

  it('opens a ring to about its share of people, always the same', () => {
    const people = Array.from({ length: 4000 }, (_, at) => `person-${at}`);
    const inside = people.filter((person) => idsOf(decided({}, examplePolicy(), { person })).includes('deepseek'));
    expect(inside.length / people.length).toBeGreaterThan(0.08);
    expect(inside.length / people.length).toBeLessThan(0.12);
    expect(positionInRing('person-1', 'deepseek')).toBe(positionInRing('person-1', 'deepseek'));
  });

  it('keeps every policy but the machine-wide one on this workstation', () => {
    for (const origin of ['trial', 'built-in'] as const)
      expect(idsOf(decided({ task: 'completion' }, examplePolicy(), { origin }))).toEqual(['n-gram']);
  });

  it('asks Bedrock for completions about a hole only', () => {
    const { models, routes } = examplePolicy();
    const completing = (fim: string) =>
      examplePolicy({
        models: { ...models, claude: { ...models.claude, fim, tasks: ['completion', 'chat', 'refactor'] } },
        routes: [...routes, { task: 'completion', classes: ['internal'], models: ['claude'] }],
      });
    expect(idsOf(decided({ task: 'completion' }, completing('hole')))).toContain('claude');
    expect(idsOf(decided({ task: 'completion' }, completing('qwen')))).not.toContain('claude');
  });

  it('never allows a model that no route of its task and class names', () => {
    const { models } = examplePolicy();
    const ids = Object.keys(models);
    const anyRoute = fc.record({
      task: fc.constantFrom(...tasks),
      classes: fc.uniqueArray(fc.constantFrom(...dataClasses), { minLength: 1 }),
      models: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }),
    });
    const wish = fc.record({
      task: fc.constantFrom(...tasks),
      class: fc.constantFrom(...dataClasses),
      preferred: fc.constantFrom(...ids, 'other'),
    });
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 6 }), wish, fc.string(), (some, given, person) => {
        const outcome = decided(given, { ...examplePolicy(), routes: some }, { person });
        if (outcome.kind === 'refusal') return;
        const named = some
          .filter((route) => route.task === given.task && route.classes.includes(given.class))
          .flatMap((route) => route.models);
        for (const { id, model } of outcome.models) {
          expect(named).toContain(id);
          expect(model.tasks).toContain(given.task);
        }
        const told = [...outcome.models.map(({ id }) => id), ...outcome.passedOver.map(({ model }) => model)];
        expect(told.sort()).toEqual([...ids].sort());
      }),
      { numRuns: 500 },
    );
  });
});

describe('built-in policy', () => {
  const builtIn = { origin: 'built-in' } as const;

  it('is a valid policy', () => expect(policySchema.parse(builtinPolicy)).toEqual(builtinPolicy));

  it.each(dataClasses)('lets the local engine complete and chat with %s code', (dataClass) => {
    for (const task of ['completion', 'chat'] as const)
      expect(idsOf(decided({ task, class: dataClass }, builtinPolicy, builtIn))).toEqual(['n-gram']);
    expect(idsOf(decided({ task: 'refactor', class: dataClass }, builtinPolicy, builtIn))).toEqual(['no-route']);
  });

  it('asks a loopback server first', () => {
    const made = withLoopback(builtinPolicy, {
      url: 'http://127.0.0.1:8000',
      model: 'coder',
      fim: 'qwen',
      context: 8192,
    });
    if (!made.ok) throw new Error(made.problem);
    expect(policySchema.parse(made.policy)).toEqual(made.policy);
    expect(idsOf(decided({ task: 'completion' }, made.policy, builtIn))).toEqual(['loopback', 'n-gram']);
    expect(idsOf(decided({ task: 'refactor' }, made.policy, builtIn))).toEqual(['loopback']);
    expect(made.policy.endpoints).toMatchObject({ loopback: { url: 'http://127.0.0.1:8000/v1' } });
    expect(made.policy.models).toMatchObject({ loopback: { fim: 'qwen', context: 8192 } });
  });

  it.each([
    [{ url: 'https://llm.example/v1', model: 'm' }, /takes only/],
    [{ url: 'http://127.0.0.1:1/v1', model: ' ' }, /name of a model/],
    [{ url: 'http://127.0.0.1:1/v1?x=1', model: 'm' }, /without/],
    [{ url: 'http://127.0.0.1:1/v1', model: 'm', fim: 'toString' }, /knows no template/],
    [{ url: 'http://127.0.0.1:1/v1', model: 'm', context: -1 }, /whole number/],
  ])('refuses the loopback setting %j', (setting, problem) => {
    const made = withLoopback(builtinPolicy, setting);
    expect(made.ok ? '' : made.problem).toMatch(problem);
  });
});

describe('explain', () => {
  it('shows a decision as a tree of reasons', () => {
    const sources = [{ path: 'src/a.ts', class: 'internal', steps: [{ rule: 'defaultClass', says: 'no rule' }] }];
    expect(explanationText(explain(decided({}), sources))).toMatchInlineSnapshot(`
      "src/a.ts: internal
        defaultClass: no rule
      Class: internal
      Route: chat with internal code
        routes[1]: chat with internal code may use deepseek, llama, claude
      May answer, in this order
        1. llama: gpu-sp · on-premises · sa-east-1
        2. claude: bedrock-sp · private-cloud · sa-east-1
      Passed over
        deepseek: it is open to 10 % of people so far, and this person is not among them
        qwen-coder: no route lets it do chat with internal code
        n-gram: no route lets it do chat with internal code
      Policy: SHA-256 f00d
      "
    `);
  });

  it('shows a refusal with its steps', () => {
    const text = explanationText(explain(decided({ now: Date.parse('2028-01-01') })));
    expect(text).toMatch(/^Not sent: The policy of example-cooperative expired on 2027-02-20\..*\n {2}expires: /);
  });
});
