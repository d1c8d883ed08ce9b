import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { exampleText } from './policies.ts';

function check(text: string, path: string, message: RegExp): void {
  const parsed = parsePolicy(text);
  const problems = parsed.ok ? [] : parsed.problems;
  expect(problems.map((problem) => problem.path)).toContain(path);
  expect(problems.find((problem) => problem.path === path)?.message).toMatch(message);
}

/** The example with one place changed; `undefined` removes it. */
function changed(place: readonly (string | number)[], value: unknown): string {
  const json: unknown = JSON.parse(exampleText);
  let at = json as Record<string | number, unknown>;
  for (const key of place.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[place.at(-1) ?? ''] = value;
  return JSON.stringify(json);
}

const problems: readonly (readonly [
  place: readonly (string | number)[],
  value: unknown,
  path: string,
  message: RegExp,
])[] = [
  [['organisation'], undefined, 'organisation', /^is missing; it must be text$/],
  [['organisation'], '', 'organisation', /^must not be empty$/],
  [['version'], 'twelve', 'version', /^must be a number$/],
  [['version'], 0, 'version', /^must be more than 0$/],
  [['issued'], 'yesterday', 'issued', /^must be a time in UTC/],
  [['expires'], '2026-01-01T00:00:00Z', 'expires', /not later than issued/],
  [['excludes'], [], 'excludes', /not a key that Postern knows/],
  [['defaultClass'], 'secret', 'defaultClass', /^must be "public", "internal", "confidential" or "restricted"$/],
  [['endpoints', 'gpu-sp', 'kind'], 'openai', 'endpoints.gpu-sp.kind', /"vllm".*"bedrock".*"local"/],
  [['endpoints', 'gpu-sp', 'url'], 'llm.internal', 'endpoints.gpu-sp.url', /^must be a whole URL/],
  [['endpoints', 'gpu-sp', 'url'], 'https://a:b@llm.example/v1', 'endpoints.gpu-sp.url', /holds a user name/],
  [['endpoints', 'gpu-sp', 'url'], 'https://llm.example/v1?key=1', 'endpoints.gpu-sp.url', /must not have "\?"/],
  [['endpoints', 'gpu-sp', 'boundary'], 'workstation', 'endpoints.gpu-sp.boundary', /is not 127\.0\.0\.1/],
  [
    ['endpoints', 'gpu-sp', 'limits', 'concurrency'],
    1000,
    'endpoints.gpu-sp.limits.concurrency',
    /^must be at most 64$/,
  ],
  [['endpoints', 'bedrock-sp', 'host'], 'https://x', 'endpoints.bedrock-sp.host', /must be a host name/],
  [['endpoints', 'bedrock-sp', 'region'], 'Brazil', 'endpoints.bedrock-sp.region', /must be an AWS region/],
  [
    ['models', 'llama', 'endpoint'],
    'gpu',
    'models.llama.endpoint',
    /names no endpoint.*gpu-sp, bedrock-sp, workstation/,
  ],
  [['models', 'llama', 'endpoint'], 'constructor', 'models.llama.endpoint', /names no endpoint/],
  [['models', 'llama', 'name'], undefined, 'models.llama.name', /is missing/],
  [['models', 'n-gram', 'tasks'], ['refactor'], 'models.n-gram.tasks', /local engine cannot do/],
  [['models', 'llama', 'ring'], 2, 'models.llama.ring', /^must be at most 1$/],
  [['routes', 1, 'models', 0], 'gpt', 'routes[1].models[0]', /names no model.*qwen-coder/],
  [['routes', 1, 'models', 0], 'qwen-coder', 'routes[1].models[0]', /not registered for chat/],
  [['classes', 0, 'when'], {}, 'classes[0].when', /names no condition/],
  [['classes', 0, 'when'], { path: ['a'], atLeast: 2 }, 'classes[0].when.atLeast', /findings is not named/],
  [['classes', 0, 'when', 'paths'], ['a'], 'classes[0].when.paths', /not a key/],
  [['exclude', 0], '!src/**', 'exclude[0]', /cannot be negated/],
  [['exclude', 0], 'a\\b', 'exclude[0]', /write "\/"/],
  [['exclude', 0], '[a', 'exclude[0]', /not a pattern/],
  [['exclude', 0], ' ', 'exclude[0]', /is empty/],
  [['redaction', 'rules', 0, 'pattern'], '(', 'redaction.rules[0].pattern', /not a regular expression/],
  [['redaction', 'rules', 0, 'pattern'], 'x*', 'redaction.rules[0].pattern', /matches the empty text/],
  [['redaction', 'words', 0], '    ', 'redaction.words[0]', /no letter, digit or sign/],
  [['redaction', 'words', 0], '\u200b\u200b\u200b', 'redaction.words[0]', /no letter, digit or sign/],
  [['redaction', 'rules', 0, 'name'], 'Member', 'redaction.rules[0].name', /lower-case letters/],
  [['redaction', 'personalData', 'secret'], 'replace', 'redaction.personalData.secret', /not a key/],
  [['budgets', 0, 'money'], undefined, 'budgets[0]', /names no limit/],
];

describe('parsePolicy', () => {
  it('takes the example', () => expect(parsePolicy(exampleText).ok).toBe(true));

  it('takes a byte order mark', () => expect(parsePolicy(`\ufeff${exampleText}`).ok).toBe(true));

  it.each(problems)('%j = %j → %s', (place, value, path, message) => check(changed(place, value), path, message));

  it('tells where JSON breaks', () => {
    check('', 'policy', /^is not JSON: it is empty$/);
    check('{\n  "organisation": "x",\n  oops\n}', 'policy', /^is not JSON \(line 3, column 3\)$/);
    check('[]', 'policy', /^must be an object$/);
    check('null', 'policy', /^must be an object$/);
  });

  it('tells every problem at once, with the contact', () => {
    const parsed = parsePolicy('{"contact":" the \\n team ","version":-1}');
    expect(parsed).toMatchObject({ ok: false, contact: 'the team' });
    expect(parsed.ok ? 0 : parsed.problems.length).toBeGreaterThan(4);
  });

  it('finds no endpoint through the prototype', () =>
    check(
      exampleText.replace('"models": {', '"models": { "__proto__x": { "endpoint": "__proto__", "tasks": ["chat"] },'),
      'models.__proto__x.endpoint',
      /names no endpoint/,
    ));
});
