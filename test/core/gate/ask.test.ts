import { describe, expect, it } from 'vitest';
import { type AskPorts, ask, type Outcome } from '../../../src/core/gate/ask.ts';
import type { GateEvent, Question } from '../../../src/core/gate/question.ts';
import type { ActivePolicy, AllowedModel, Refusal } from '../../../src/core/policy/decision.ts';
import { policySchema } from '../../../src/core/policy/schema.ts';
import { buildChatPrompt } from '../../../src/core/prompt/chat.ts';
import type { Provider, StreamEvent } from '../../../src/core/provider/provider.ts';
import type { ErrorKind } from '../../../src/core/provider/provider-error.ts';
import { compose } from '../../../src/core/redaction/redact.ts';

const policy = policySchema.parse({
  organisation: 'example',
  version: 1,
  issued: '2026-01-01T00:00:00Z',
  endpoints: {
    near: { kind: 'vllm', url: 'http://127.0.0.1:1/v1', boundary: 'on-premises' },
    far: { kind: 'vllm', url: 'http://127.0.0.1:2/v1', boundary: 'private-cloud' },
    here: { kind: 'local', boundary: 'workstation' },
  },
  models: {
    first: { endpoint: 'near', name: 'a', tasks: ['chat'] },
    second: { endpoint: 'near', name: 'b', tasks: ['chat'] },
    remote: { endpoint: 'far', name: 'c', tasks: ['chat'] },
    local: { endpoint: 'here', tasks: ['chat'] },
  },
  defaultClass: 'internal',
  routes: [{ task: 'chat', classes: ['internal'], models: ['first', 'remote', 'second', 'local'] }],
});
const active: ActivePolicy = { policy, origin: 'machine', hash: 'f'.repeat(64) };

const text = (value: string): StreamEvent => ({ type: 'text', text: value });
const stop: StreamEvent = { type: 'end', reason: 'stop' };
const failure = (kind: ErrorKind): StreamEvent => ({
  type: 'error',
  error: { kind, endpointId: 'near', detail: kind },
});

interface Scenario {
  /** What each model streams; a model without a script must not be asked. */
  readonly streams: Readonly<Record<string, readonly StreamEvent[]>>;
  readonly dataClass?: 'internal' | 'restricted';
  readonly auditRefusal?: Refusal;
  /** Leave after this many events, as a consumer that has seen enough. */
  readonly leaveAfter?: number;
}

async function run(
  scenario: Scenario,
): Promise<{ readonly events: readonly string[]; readonly outcomes: readonly string[] }> {
  const outcomes: Outcome[] = [];
  const provider = (allowed: AllowedModel): Provider => ({
    async *stream() {
      for (const event of scenario.streams[allowed.id] ?? [failure('protocol')]) yield event;
    },
  });
  let id = 0;
  const ports: AskPorts = {
    policy: () => ({ ok: true, active }),
    provider: async (allowed) => provider(allowed),
    record: (outcome) => void outcomes.push(outcome),
    auditRefusal: () => scenario.auditRefusal,
    now: () => 1_800_000_000_000,
    newId: () => `id-${++id}`,
  };
  const question: Question = {
    task: 'chat',
    class: scenario.dataClass ?? 'internal',
    surface: 'chat',
    promptFor: (allowed) => buildChatPrompt({ history: [], question: compose`why?`, sections: [] }, allowed.model),
  };
  const events: GateEvent[] = [];
  for await (const event of ask(question, ports, new AbortController().signal)) {
    events.push(event);
    if (events.length === scenario.leaveAfter) break;
  }
  return { events: events.map(eventWords), outcomes: outcomes.map(outcomeWords) };
}

function eventWords(event: GateEvent): string {
  switch (event.type) {
    case 'routed':
      return `to ${event.request.allowed.id}`;
    case 'fallback':
      return `${event.error.kind} → ${event.to.id}`;
    case 'refused':
      return event.refusal.code;
    case 'error':
      return `error ${event.error.kind}`;
    case 'end':
      return event.reason;
    case 'usage':
      return 'usage';
    default:
      return `${event.type} ${event.text}`;
  }
}

const outcomeWords = ({ request, end, answer }: Outcome): string => {
  const became = end.kind === 'answered' ? end.reason : end.kind === 'failed' ? end.error.kind : end.refusal.code;
  return `${request?.allowed.id ?? '-'} ${became} "${answer}"`;
};

const unwritable: Refusal = { kind: 'refusal', code: 'no-policy', reason: 'the audit cannot be written', steps: [] };

const cases: readonly [name: string, scenario: Scenario, events: readonly string[], outcomes: readonly string[]][] = [
  [
    'an answer',
    { streams: { first: [text('a'), text('b'), stop] } },
    ['to first', 'text a', 'text b', 'stop'],
    ['first stop "ab"'],
  ],
  [
    'failover skips the other boundary and says why',
    { streams: { first: [failure('unreachable')], second: [text('x'), stop] } },
    ['to first', 'unreachable → second', 'to second', 'text x', 'stop'],
    ['first unreachable ""', 'second stop "x"'],
  ],
  [
    'failover may end on this workstation',
    { streams: { first: [failure('unreachable')], second: [failure('warming')], local: [text('y'), stop] } },
    ['to first', 'unreachable → second', 'to second', 'warming → local', 'to local', 'text y', 'stop'],
    ['first unreachable ""', 'second warming ""', 'local stop "y"'],
  ],
  [
    'no failover after the first text',
    { streams: { first: [text('half'), failure('server')] } },
    ['to first', 'text half', 'error server'],
    ['first server "half"'],
  ],
  [
    'no failover after shown reasoning',
    { streams: { first: [{ type: 'reasoning', text: 'hm' }, failure('server')] } },
    ['to first', 'reasoning hm', 'error server'],
    ['first server ""'],
  ],
  [
    'no failover for a key that is refused',
    { streams: { first: [failure('unauthorised')] } },
    ['to first', 'error unauthorised'],
    ['first unauthorised ""'],
  ],
  [
    'all fail: the last error is told',
    { streams: { first: [failure('unreachable')], second: [failure('unreachable')], local: [failure('server')] } },
    ['to first', 'unreachable → second', 'to second', 'unreachable → local', 'to local', 'error server'],
    ['first unreachable ""', 'second unreachable ""', 'local server ""'],
  ],
  ['no route for the class', { streams: {}, dataClass: 'restricted' }, ['no-route'], ['- no-route ""']],
  ['nothing leaves unrecorded', { streams: {}, auditRefusal: unwritable }, ['no-policy'], ['- no-policy ""']],
  [
    'a consumer that leaves is recorded as aborted',
    { streams: { first: [text('a'), text('b'), stop] }, leaveAfter: 2 },
    ['to first', 'text a'],
    ['first aborted "a"'],
  ],
];

describe('ask', () => {
  it.each(cases)('%s', async (_name, scenario, events, outcomes) => {
    expect(await run(scenario)).toEqual({ events, outcomes });
  });
});
