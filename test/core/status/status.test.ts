import { describe, expect, it } from 'vitest';
import { type StatusFacts, statusOf } from '../../../src/core/status/status.ts';

const NOW = 1_000_000_000;
const ready: StatusFacts = {
  now: NOW,
  policyProblem: undefined,
  snoozedUntil: undefined,
  fileRefusal: undefined,
  model: { id: 'qwen-coder', boundary: 'on-premises', local: false },
  failure: undefined,
  completionOn: true,
};
const failure = (kind: NonNullable<StatusFacts['failure']>['kind'], age = 0) => ({
  kind,
  endpointId: 'gpu-sp',
  at: NOW - age,
  expectedMs: 240_000,
});

const cases: readonly [name: string, facts: Partial<StatusFacts>, text: string, severity: string][] = [
  ['ready', {}, 'qwen-coder · on-prem', 'normal'],
  ['local engine', { model: { id: 'n-gram', boundary: 'workstation', local: true } }, 'local n-gram', 'normal'],
  [
    'policy expired before all else',
    { policyProblem: { expired: true, reason: 'r' }, snoozedUntil: NOW + 1 },
    'policy expired',
    'error',
  ],
  ['invalid policy', { policyProblem: { expired: false, reason: 'r' } }, 'no valid policy', 'error'],
  ['snoozed, rounded up', { snoozedUntil: NOW + 13.2 * 60_000 }, 'snoozed 14 min', 'normal'],
  ['snooze over', { snoozedUntil: NOW }, 'qwen-coder · on-prem', 'normal'],
  ['excluded file', { fileRefusal: 'excluded' }, 'off for this file', 'normal'],
  ['switched off', { completionOn: false }, 'completion off', 'normal'],
  ['warming counts down', { failure: failure('warming', 110_000) }, 'warming 2:10', 'normal'],
  ['warming past the expected time', { failure: failure('warming', 300_000) }, 'warming', 'normal'],
  ['busy', { failure: failure('rate-limited') }, 'busy, retrying', 'normal'],
  ['busy is forgotten', { failure: failure('rate-limited', 20_000) }, 'qwen-coder · on-prem', 'normal'],
  ['key refused', { failure: failure('unauthorised') }, 'sign in', 'error'],
  ['bad certificate', { failure: failure('tls') }, 'check endpoint', 'error'],
  ['no model', { model: undefined }, 'no model', 'normal'],
];

describe('status', () => {
  it.each(cases)('%s', (_name, facts, text, severity) => {
    const status = statusOf({ ...ready, ...facts });
    expect([status.text, status.severity]).toEqual([text, severity]);
  });

  it('asks to be drawn again when the minute or second changes', () => {
    expect(statusOf({ ...ready, snoozedUntil: NOW + 90_000 }).refreshMs).toBe(30_000);
    expect(statusOf({ ...ready, failure: failure('warming') }).refreshMs).toBe(1000);
  });
});
