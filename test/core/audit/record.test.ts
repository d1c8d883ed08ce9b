import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { admit } from '../../../src/core/admission/admit.ts';
import { link } from '../../../src/core/audit/chain.ts';
import { outcomeRecord, type Stamps } from '../../../src/core/audit/record.ts';
import type { Outcome } from '../../../src/core/gate/ask.ts';
import { decide } from '../../../src/core/policy/decide.ts';
import type { ActivePolicy } from '../../../src/core/policy/decision.ts';
import { type Policy, policySchema } from '../../../src/core/policy/schema.ts';
import { buildChatPrompt } from '../../../src/core/prompt/chat.ts';
import { join, type RedactedText, redact } from '../../../src/core/redaction/redact.ts';
import { createScanCache } from '../../../src/core/redaction/scan-cache.ts';
import { createVault } from '../../../src/core/redaction/vault.ts';
import { RoutedRequest, route } from '../../../src/core/routing/route.ts';

const NOW = Date.parse('2027-01-31T12:00:00Z');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyedHash = (text: string): string => createHmac('sha256', 'test').update(text).digest('hex');
const stamps: Stamps = { actor: 'a'.repeat(32), device: 'd'.repeat(32), extension: '1.2.3', sha256, keyedHash };

/** Names as long as an organisation could make them, and more kinds of finding than a record has room for. */
const LONG = 'a-very-long-name-'.repeat(8);
const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mu'];

const policy: Policy = policySchema.parse({
  organisation: 'example',
  version: 1,
  issued: '2026-01-01T00:00:00Z',
  endpoints: { [LONG]: { kind: 'vllm', url: 'https://llm.example/v1', boundary: 'on-premises', region: LONG } },
  models: { [LONG]: { endpoint: LONG, name: 'm', tasks: ['chat'], context: 100_000 } },
  classes: WORDS.map((word) => ({ class: 'confidential', when: { path: [`${word}.ts`] } })),
  defaultClass: 'internal',
  routes: Array.from({ length: 30 }, () => ({ task: 'chat', classes: ['internal', 'confidential'], models: [LONG] })),
  redaction: { rules: WORDS.map((word) => ({ name: `${word}-number-of-members`, pattern: `\\b${word}-\\d{6}\\b` })) },
});
const active: ActivePolicy = { policy, origin: 'machine', hash: 'f'.repeat(64) };
const vault = createVault(keyedHash);

function redacted(name: string, text: string): RedactedText {
  const snapshot = {
    uri: `file:///w/${name}`,
    path: name,
    folder: 'file:///w',
    languageId: 'typescript',
    version: 1,
    text,
  };
  const admitted = admit(snapshot, { remotes: [] }, 'chat', active);
  if ('kind' in admitted) throw new Error(admitted.reason);
  const document = redact(admitted, { vault, task: 'chat', now: () => 0, budgetMs: 1000, cache: createScanCache() });
  if ('kind' in document) throw new Error(document.reason);
  return document.text;
}

function routed(question: RedactedText): RoutedRequest {
  const decision = decide(active, { task: 'chat', class: 'confidential', now: NOW });
  const allowed = decision.kind === 'decision' ? decision.models[0] : undefined;
  if (decision.kind === 'refusal' || !allowed) throw new Error('the policy of this test allows its model');
  const prompt = buildChatPrompt({ history: [], question, sections: [] }, allowed.model);
  const request = route(prompt, decision, allowed, '0f8fad5b-d9cb-469f-a165-70867728950e');
  if (!(request instanceof RoutedRequest)) throw new Error(request.reason);
  return request;
}

function outcome(request: RoutedRequest | undefined, changes: Partial<Outcome> = {}): Outcome {
  return {
    question: { task: 'chat', class: 'confidential', surface: 'chat', promptFor: () => routedPrompt(request) },
    request,
    startedAt: NOW,
    endedAt: NOW + 1234,
    answer: 'const answer = 42;',
    usage: { inputTokens: 1204, outputTokens: 312 },
    end: { kind: 'answered', reason: 'stop' },
    ...changes,
  };
}

function routedPrompt(request: RoutedRequest | undefined): RoutedRequest['prompt'] {
  if (!request) throw new Error('never asked');
  return request.prompt;
}

const secretOf = (word: string): string => `${word}-${'123456'}`;
const file = (word: string) => redacted(`${word}.ts`, `const ${word} = '${secretOf(word)}'; // ${secretOf(word)}\n`);
const small = () => routed(file('alpha'));

describe('outcomeRecord', () => {
  it('says who, where, why and how much, in hashes and counts', () => {
    const request = small();
    expect(outcomeRecord(outcome(request), 'other', stamps)).toEqual({
      type: 'outcome',
      time: '2027-01-31T12:00:01.234Z',
      request: '0f8fad5b-d9cb-469f-a165-70867728950e',
      actor: 'a'.repeat(32),
      device: 'd'.repeat(32),
      extension: '1.2.3',
      surface: 'chat',
      task: 'chat',
      class: 'confidential',
      policy: 'f'.repeat(64),
      rules: ['classes[0]', ...Array.from({ length: 6 }, (_, at) => `routes[${at}]`), '+24'],
      model: `${LONG.slice(0, 31)}~`,
      endpoint: `${LONG.slice(0, 31)}~`,
      boundary: 'on-premises',
      region: `${LONG.slice(0, 23)}~`,
      files: [keyedHash('file\nfile:///w/alpha.ts').slice(0, 24)],
      fileCount: 1,
      redactions: { [redactedType('alpha')]: 2 },
      requestHash: sha256(JSON.stringify(request.prompt.texts.map(({ text }) => text))),
      answerHash: sha256('const answer = 42;'),
      tokens: { input: 1204, output: 312 },
      durationMs: 1234,
      outcome: 'sent',
      why: 'stop',
    });
  });

  it.each([
    [{ kind: 'answered', reason: 'length' }, 'sent', 'length'],
    [{ kind: 'answered', reason: 'cut' }, 'cut', 'cut'],
    [{ kind: 'answered', reason: 'aborted' }, 'aborted', 'aborted'],
    [{ kind: 'failed', error: { kind: 'tls', endpointId: 'x', detail: 'secret detail' } }, 'failed', 'tls'],
    [
      { kind: 'refused', refusal: { kind: 'refusal', code: 'excluded', reason: 'a path', steps: [] } },
      'refused',
      'excluded',
    ],
  ] as const)('%j → %s, %s', (end, expected, why) =>
    expect(outcomeRecord(outcome(small(), { end }), '', stamps)).toMatchObject({ outcome: expected, why }),
  );

  it('records a refusal without a request under the policy in force', () => {
    const steps = [{ rule: 'exclude[0]', says: 'x' }];
    const end = { kind: 'refused', refusal: { kind: 'refusal', code: 'no-route', reason: 'x', steps } } as const;
    const record = outcomeRecord(outcome(undefined, { end, answer: '', usage: undefined }), 'e'.repeat(64), stamps);
    expect(record).toMatchObject({ policy: 'e'.repeat(64), rules: ['exclude[0]'], files: [], redactions: {} });
    for (const absent of ['request', 'model', 'requestHash', 'answerHash', 'tokens'])
      expect(record).not.toHaveProperty(absent);
  });

  it('makes counts of what servers send', () => {
    const usage = { inputTokens: Number.NaN, outputTokens: -5, cachedTokens: 1.4 };
    expect(outcomeRecord(outcome(small(), { usage }), '', stamps).tokens).toEqual({ input: 0, output: 0, cached: 1 });
  });

  it('holds no content, no path and at most 1.5 KB, whatever was in the prompt', () => {
    const request = routed(join(WORDS.map(file), '\n'));
    const usage = { inputTokens: 1e15, outputTokens: 1e15, cachedTokens: 1e15 };
    const record = outcomeRecord(outcome(request, { usage, endedAt: NOW + 1e13 }), '', { ...stamps, extension: LONG });
    expect(record).toMatchObject({ fileCount: 12 });
    expect(Object.keys(record.redactions)).toContain('others');
    const { line } = link({ records: 1e9, hash: 'f'.repeat(64) }, record, sha256);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1536);
    for (const word of WORDS) expect(line).not.toContain(`${word}.ts`);
    expect(line).not.toContain('answer =');
  });
});

/** The type under which redaction files a rule of the policy. */
function redactedType(word: string): string {
  const type = file(word).findings[0]?.type;
  if (type === undefined) throw new Error(`${word} was not found`);
  return type;
}
