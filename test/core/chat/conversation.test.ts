import { describe, expect, it } from 'vitest';
import {
  answeredBefore,
  type ChatChange,
  type Conversation,
  changed,
  conversationClass,
  emptyConversation,
} from '../../../src/core/chat/conversation.ts';
import { readHistory, remembered, reopened, titleOf } from '../../../src/core/chat/history.ts';
import type { GateEvent } from '../../../src/core/gate/question.ts';
import type { DataClass } from '../../../src/core/policy/schema.ts';

const asked = (turn: string, typed = `question ${turn}`): ChatChange => ({ type: 'asked', turn, typed, at: 1 });
const prepared = (turn: string, dataClass: DataClass = 'internal'): ChatChange => ({
  type: 'prepared',
  turn,
  redacted: `redacted ${turn}`,
  attachments: [],
  class: dataClass,
});
const event = (turn: string, one: GateEvent, at = 10): ChatChange => ({ type: 'event', turn, event: one, at });
const text = (turn: string, piece: string): ChatChange => event(turn, { type: 'text', text: piece });
const end = (turn: string): ChatChange => event(turn, { type: 'end', reason: 'stop' });
const routed = (turn: string, model: string): ChatChange => {
  const allowed = {
    id: model,
    model: {},
    endpointId: 'e',
    endpoint: { kind: 'bedrock', boundary: 'private-cloud', region: 'sa-east-1' },
  };
  return event(turn, { type: 'routed', request: { id: `r-${model}`, allowed } } as unknown as GateEvent);
};

const conversationAfter = (...changes: readonly ChatChange[]): Conversation =>
  changes.reduce(changed, emptyConversation('c'));

const cases: readonly [name: string, changes: readonly ChatChange[], expected: Record<string, unknown>][] = [
  ['text adds up', [asked('1'), text('1', 'a'), text('1', 'b')], { text: 'ab', firstTextAt: 10, end: undefined }],
  [
    'reasoning apart from text',
    [asked('1'), event('1', { type: 'reasoning', text: 'r' })],
    { reasoning: 'r', text: '' },
  ],
  [
    'who answered',
    [asked('1'), routed('1', 'm')],
    {
      by: {
        requestId: 'r-m',
        model: 'm',
        endpoint: 'e',
        kind: 'bedrock',
        boundary: 'private-cloud',
        region: 'sa-east-1',
      },
    },
  ],
  [
    'another model took over',
    [
      asked('1'),
      routed('1', 'a'),
      event('1', { type: 'fallback', error: { kind: 'server', endpointId: 'e', detail: '' }, to: {} as never }),
      routed('1', 'b'),
    ],
    {
      insteadOf: 'a',
      by: {
        requestId: 'r-b',
        model: 'b',
        endpoint: 'e',
        kind: 'bedrock',
        boundary: 'private-cloud',
        region: 'sa-east-1',
      },
    },
  ],
  ['the end', [asked('1'), end('1')], { end: { kind: 'ended', reason: 'stop' }, endedAt: 10 }],
  ['nothing after the end', [asked('1'), text('1', 'a'), end('1'), text('1', 'late')], { text: 'a' }],
  [
    'the first end counts',
    [asked('1'), event('1', { type: 'end', reason: 'aborted' }), end('1')],
    { end: { kind: 'ended', reason: 'aborted' } },
  ],
  [
    'again drops what came',
    [asked('1'), text('1', 'a'), end('1'), { type: 'again', turn: '1', at: 20 }],
    { text: '', end: undefined, startedAt: 20 },
  ],
  [
    'waiting keeps since when',
    [asked('1'), { type: 'waiting', turn: '1', at: 5 }, routed('1', 'm'), { type: 'waiting', turn: '1', at: 9 }],
    { waitingSince: 5 },
  ],
  [
    'text ends the waiting',
    [asked('1'), { type: 'waiting', turn: '1', at: 5 }, text('1', 'a')],
    { waitingSince: undefined },
  ],
  ['a rating', [asked('1'), end('1'), { type: 'rated', turn: '1', rating: 'down' }], { rating: 'down' }],
  ['another turn is left alone', [asked('1'), asked('2'), text('2', 'x')], { text: '' }],
];

describe('conversation', () => {
  it.each(cases)('%s', (_name, changes, expected) => {
    expect(conversationAfter(...changes).turns[0]?.answer).toMatchObject(expected);
  });

  it('has the class of the answers that stand in the next prompt', () => {
    const conversation = conversationAfter(
      asked('1'),
      prepared('1', 'confidential'),
      text('1', 'a'),
      end('1'),
      asked('2'),
      prepared('2', 'restricted'),
    );
    expect(conversationClass(conversation)).toBe('confidential');
    expect(conversationClass(conversation, '1')).toBe('public');
    expect(answeredBefore(conversation, '2').map((turn) => turn.id)).toEqual(['1']);
  });
});

describe('history', () => {
  const conversation = conversationAfter(
    asked('1', 'my typed secret'),
    prepared('1'),
    routed('1', 'm'),
    text('1', 'raw answer'),
    end('1'),
    asked('2'),
  );
  const kept = remembered([], conversation, new Map([['1', 'redacted answer']]), 7);

  it('keeps redacted texts only, and only of answered turns', () => {
    expect(kept).toEqual([
      {
        id: 'c',
        title: 'redacted 1',
        at: 7,
        turns: [
          {
            question: 'redacted 1',
            answer: 'redacted answer',
            class: 'internal',
            by: { model: 'm', endpoint: 'e', kind: 'bedrock', boundary: 'private-cloud', region: 'sa-east-1' },
          },
        ],
      },
    ]);
  });

  it('reads what it wrote and drops what is not its own', () => {
    const stored = JSON.parse(JSON.stringify(kept)) as unknown[];
    expect(readHistory([...stored, { id: 1 }, null, { ...kept[0], more: true }])).toEqual(kept);
    expect(readHistory('x')).toEqual([]);
  });

  it('opens a kept chat with its class', () => {
    const [first] = kept;
    const again = first && reopened(first);
    expect(again?.turns.map((turn) => [turn.typed, turn.answer.text])).toEqual([['redacted 1', 'redacted answer']]);
    expect(again && conversationClass(again)).toBe('internal');
  });

  it('renews a chat in place and forgets the oldest', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ id: `${index}`, title: 't', at: 0, turns: [] }));
    const renewed = remembered([...kept, ...many], conversation, new Map([['1', 'later']]), 8);
    expect(renewed.length).toBe(40);
    expect(renewed.filter(({ id }) => id === 'c').map(({ at }) => at)).toEqual([8]);
    expect(remembered(many, conversationAfter(asked('1')), new Map(), 9)).toBe(many);
  });

  const titles: readonly [question: string, title: string][] = [
    ['Why?', 'Why?'],
    ['\n  two   words \nmore', 'two words'],
    ['', ''],
    [`${'word '.repeat(20)}`, `${'word '.repeat(12).trim()}…`],
    ['x'.repeat(80), `${'x'.repeat(60)}…`],
  ];
  it.each(titles)('title of %j', (question, title) => {
    expect(titleOf(question)).toBe(title);
  });
});
