import { describe, expect, it } from 'vitest';
import type { AllowedModel, Decision } from '../../../src/core/policy/decision.ts';
import { buildChatPrompt } from '../../../src/core/prompt/chat.ts';
import { RoutedRequest, route } from '../../../src/core/routing/route.ts';
import { redactedDocument } from '../../support/redacted-document.ts';

const allowed: AllowedModel = {
  id: 'llama',
  model: { endpoint: 'gpu', name: 'llama', reasoning: false, tasks: ['chat'] },
  endpointId: 'gpu',
  endpoint: { kind: 'vllm', url: 'http://127.0.0.1:1/v1', boundary: 'on-premises' },
};
const other: AllowedModel = { ...allowed, id: 'other' };
const decision: Decision = {
  kind: 'decision',
  task: 'chat',
  class: 'internal',
  models: [allowed],
  passedOver: [],
  steps: [],
  policyHash: '0'.repeat(64),
};
const promptOf = (dataClass: 'internal' | 'confidential') =>
  buildChatPrompt(
    { history: [], question: redactedDocument('why?', { class: dataClass }).text, sections: [] },
    allowed.model,
  );

describe('route', () => {
  it.each([
    ['a prompt of the decision’s class, to a model that it allows', promptOf('internal'), decision, allowed, undefined],
    ['a prompt of a higher class', promptOf('confidential'), decision, allowed, 'class-too-high'],
    ['a model that the decision does not allow', promptOf('internal'), decision, other, 'no-route'],
    [
      'a prompt that was read under another policy',
      promptOf('internal'),
      { ...decision, policyHash: '1'.repeat(64) },
      allowed,
      'policy-changed',
    ],
  ] as const)('%s', (_name, prompt, decided, model, refusal) => {
    const routed = route(prompt, decided, model, 'id');
    expect(routed instanceof RoutedRequest ? undefined : routed.code).toBe(refusal);
  });
});
