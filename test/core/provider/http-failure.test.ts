import { expect, test } from 'vitest';
import { httpError, retryAfter } from '../../../src/core/provider/http-failure.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

test.each<[string, number | undefined]>([
  ['7', 7000],
  ['0', 0],
  ['0.5', 500],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['99999999', 3_600_000],
  ['soon', undefined],
])('Retry-After: %s', (header, ms) => {
  expect(retryAfter(header, NOW)).toBe(ms);
});

test.each<[number, string, unknown, object]>([
  [302, '', undefined, { kind: 'redirected' }],
  [407, '', undefined, { kind: 'proxy' }],
  [408, '', undefined, { kind: 'deadline' }],
  [418, '', undefined, { kind: 'bad-request' }],
  [400, '', { error: { message: 'The model `x` does not exist.', type: 'NotFoundError' } }, { kind: 'unknown-model' }],
  [400, '', { error: { code: 'model_not_found' } }, { kind: 'unknown-model' }],
  [
    400,
    '',
    { error: { message: "This model's maximum context length is 8 tokens" } },
    { detail: 'the model takes 8 tokens' },
  ],
  [400, '', { object: 'error', message: 'too many tokens', type: 'BadRequestError' }, { kind: 'context-too-long' }],
  [400, '', { error: { message: 'no', type: 'a b c' } }, { detail: 'the server refused the request with status 400' }],
  [500, 'text/html', undefined, { kind: 'warming' }],
  [500, 'application/json', null, { kind: 'server' }],
])('%i %s %o', (status, contentType, body, expected) => {
  expect(httpError({ status, contentType, body, retryAfter: undefined, now: NOW }, 'gpu')).toMatchObject({
    endpointId: 'gpu',
    status,
    ...expected,
  });
});
