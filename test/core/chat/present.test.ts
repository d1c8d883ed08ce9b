import { describe, expect, it } from 'vitest';
import { blockChanges } from '../../../src/core/chat/changes.ts';
import { changed, emptyConversation } from '../../../src/core/chat/conversation.ts';
import { blocksOf } from '../../../src/core/chat/markdown.ts';
import { modelWords, presented } from '../../../src/core/chat/present.ts';
import type { GateEvent } from '../../../src/core/gate/question.ts';
import type { Boundary, EndpointKind } from '../../../src/core/policy/schema.ts';

const say = (message: string, ...args: (string | number)[]): string =>
  message.replaceAll(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));

function viewAfter(...events: readonly (readonly [GateEvent, at: number])[]) {
  const begun = changed(emptyConversation('c'), { type: 'asked', turn: 't', typed: 'a\u202eb', at: 0 });
  const conversation = events.reduce(
    (before, [event, at]) => changed(before, { type: 'event', turn: 't', event, at }),
    begun,
  );
  const [turn] = conversation.turns;
  if (!turn) throw new Error('no turn');
  return presented(turn, {
    say,
    explain: ({ detail }) => ({ message: detail, actions: [{ id: 'retry', label: 'Retry' }] }),
    restore: (text) => text.replaceAll('REDACTED_X_00000000_', 'value'),
  });
}

const routed = (kind: EndpointKind, boundary: Boundary): GateEvent =>
  ({
    type: 'routed',
    request: { id: 'r', allowed: { id: 'deepseek', model: {}, endpointId: 'gpu', endpoint: { kind, boundary } } },
  }) as unknown as GateEvent;

const cases: readonly [name: string, events: readonly (readonly [GateEvent, number])[], expected: object][] = [
  ['before anything', [], { by: 'Postern', working: true, progress: 'Reading and redacting…', question: 'a⟨U+202E⟩b' }],
  [
    'asking',
    [[routed('vllm', 'on-premises'), 1]],
    { by: 'Postern · deepseek · on-premises', progress: 'Asking deepseek…' },
  ],
  [
    'asking the local engine',
    [[routed('local', 'workstation'), 1]],
    { by: 'Postern · local n-gram engine · this workstation' },
  ],
  [
    'thinking',
    [[{ type: 'reasoning', text: 'hm REDACTED_X_00000000_' }, 1]],
    { progress: 'Thinking…', reasoning: { label: 'Thinking…', text: 'hm value' } },
  ],
  [
    'thought',
    [
      [{ type: 'reasoning', text: 'hm' }, 1],
      [{ type: 'text', text: 'a' }, 4200],
    ],
    { progress: '', reasoning: { label: 'Thought for 4 s', text: 'hm' } },
  ],
  [
    'figures',
    [
      [routed('vllm', 'on-premises'), 1],
      [{ type: 'text', text: 'a' }, 2],
      [{ type: 'usage', usage: { inputTokens: 1204, outputTokens: 312 } }, 3],
      [{ type: 'end', reason: 'stop' }, 1800],
    ],
    { figures: '1,204 → 312 tokens · 1.8 s', rateable: true, notices: [] },
  ],
  [
    'an error',
    [[{ type: 'error', error: { kind: 'server', endpointId: 'e', detail: 'no\u200b' } }, 1]],
    {
      notices: [{ severity: 'error', text: 'no⟨U+200B⟩', actions: [{ id: 'retry', label: 'Retry' }] }],
      rateable: false,
    },
  ],
  [
    'a refusal',
    [[{ type: 'refused', refusal: { kind: 'refusal', code: 'excluded', reason: 'No.', steps: [] } }, 1]],
    { notices: [{ severity: 'warning', text: 'Not sent: No.', actions: [{ id: 'why', label: 'Why?' }] }] },
  ],
  [
    'stopped in the middle',
    [
      [{ type: 'text', text: 'a' }, 1],
      [{ type: 'end', reason: 'aborted' }, 2],
    ],
    { notices: [{ severity: 'info', text: 'Stopped. The answer so far is kept.', actions: [] }] },
  ],
  [
    'no answer',
    [[{ type: 'end', reason: 'stop' }, 2]],
    { notices: [{ severity: 'info', text: 'The model gave no answer.', actions: [] }] },
  ],
  [
    'cut at the limit',
    [
      [{ type: 'text', text: 'a' }, 1],
      [{ type: 'end', reason: 'length' }, 2],
    ],
    {
      notices: [
        { severity: 'info', text: "Cut at the model's limit.", actions: [{ id: 'continue', label: 'Continue' }] },
      ],
    },
  ],
];

describe('presentation', () => {
  it.each(cases)('%s', (_name, events, expected) => {
    expect(viewAfter(...events)).toMatchObject(expected);
  });

  it('does not call the local engine a model', () => {
    expect(modelWords('anything', 'local', 'workstation', say)).toBe('local n-gram engine · this workstation');
    expect(modelWords('m\u202e', 'bedrock', 'private-cloud', say)).toBe('m⟨U+202E⟩ · private cloud');
  });
});

const changes: readonly [name: string, before: string, after: string, from: number | undefined, count: number][] = [
  ['nothing', 'a\n\nb', 'a\n\nb', undefined, 0],
  ['the last block grows', 'a\n\nb', 'a\n\nb c', 1, 1],
  ['a block comes', 'a', 'a\n\nb', 1, 1],
  ['blocks go', 'a\n\nb', '', 0, 0],
  ['a block goes at the end', 'a\n\nb', 'a', 1, 0],
  ['the first differs', 'a\n\nb', 'x\n\nb', 0, 2],
];
describe('block changes', () => {
  it.each(changes)('%s', (_name, before, after, from, count) => {
    const change = blockChanges(blocksOf(before), blocksOf(after));
    expect([change?.from, change?.blocks.length ?? 0]).toEqual([from, count]);
  });
});
