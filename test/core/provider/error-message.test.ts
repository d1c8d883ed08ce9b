import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/core/policy/schema.ts';
import { type ErrorCircumstances, errorMessage, signInCommand } from '../../../src/core/provider/error-message.ts';
import { errorKinds, type ProviderError } from '../../../src/core/provider/provider-error.ts';

const bedrock = (profile: string, method: 'sso' | 'environment' = 'sso'): Endpoint => ({
  kind: 'bedrock',
  host: 'bedrock.example',
  boundary: 'private-cloud',
  region: 'sa-east-1',
  auth: { profile, method },
  crossRegion: 'refuse',
  limits: { concurrency: 4, firstTokenMs: 1, stallMs: 1, coldStartMs: 240_000 },
});

test.each<[Omit<ProviderError, 'endpointId'>, ErrorCircumstances, string, readonly string[]]>([
  [
    { kind: 'unreachable', detail: 'connection refused' },
    { localServes: true },
    "Postern can't reach gpu-sp (connection refused). Completions come from the local engine until it answers.",
    ['Check endpoint', 'Details'],
  ],
  [
    { kind: 'unreachable', detail: 'no network' },
    {},
    "Postern can't reach gpu-sp (no network).",
    ['Check endpoint', 'Details'],
  ],
  [
    { kind: 'unauthorised', detail: 'x', status: 401 },
    {},
    'gpu-sp did not accept the key.',
    ['Set key', 'Check endpoint'],
  ],
  [
    { kind: 'unauthorised', detail: 'no key is stored for it' },
    {},
    'gpu-sp was not asked: no key is stored for it.',
    ['Set key', 'Check endpoint'],
  ],
  [
    { kind: 'unauthorised', detail: 'x', status: 403 },
    { endpoint: bedrock('dev') },
    'gpu-sp did not accept the AWS credentials of profile dev.',
    ['Copy sign-in command', 'Check endpoint'],
  ],
  [
    { kind: 'sign-in-expired', detail: 'x' },
    { endpoint: bedrock('dev') },
    'The AWS sign-in for profile dev has expired.',
    ['Copy sign-in command', 'Retry'],
  ],
  [
    { kind: 'warming', detail: 'x' },
    { endpoint: bedrock('dev') },
    'gpu-sp is starting, which can take up to 4 min. Try again then.',
    ['Retry', 'Details'],
  ],
  [
    { kind: 'rate-limited', detail: 'x', retryAfterMs: 7000 },
    {},
    'gpu-sp is busy. Try again in 7 s.',
    ['Retry', 'Details'],
  ],
  [{ kind: 'guardrail', detail: 'x' }, {}, "Blocked by your company's guardrail.", ['Why?']],
])('%o', (error, circumstances, message, titles) => {
  const said = errorMessage({ ...error, endpointId: 'gpu-sp' }, circumstances);
  expect(said.message).toBe(message);
  expect(said.actions.map(({ title }) => title)).toEqual(titles);
});

describe('every kind says something and offers a next step', () => {
  test.each(errorKinds)('%s', (kind) => {
    const { message, actions } = errorMessage({ kind, endpointId: 'gpu-sp', detail: 'the detail' });
    expect(message).toMatch(/^[A-Z]|^gpu-sp/);
    expect(message).toMatch(/\.$/);
    expect(message).not.toContain('undefined');
    expect(actions.length).toBeGreaterThan(0);
  });
});

test.each([
  [bedrock('dev'), 'aws sso login --profile dev'],
  [bedrock('my team; rm -rf'), `aws sso login --profile 'my team; rm -rf'`],
  [bedrock('dev', 'environment'), undefined],
  [undefined, undefined],
])('sign-in command', (endpoint, command) => {
  expect(signInCommand(endpoint)).toBe(command);
});
