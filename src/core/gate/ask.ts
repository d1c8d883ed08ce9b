import { decide } from '../policy/decide.ts';
import type { AllowedModel, Decision, PolicyState, Refusal } from '../policy/decision.ts';
import type { Provider, StopReason, TokenUsage } from '../provider/provider.ts';
import type { ErrorKind, ProviderError } from '../provider/provider-error.ts';
import { RoutedRequest, route } from '../routing/route.ts';
import type { GateEvent, Question } from './question.ts';

/** What became of a question, handed to the audit once for each request that left and once for a refusal. */
export interface Outcome {
  readonly question: Question;
  /** Undefined when nothing was routed. */
  readonly request: RoutedRequest | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The answer as it came, still redacted; the audit keeps only its hash. */
  readonly answer: string;
  readonly usage: TokenUsage | undefined;
  readonly end:
    | { readonly kind: 'answered'; readonly reason: StopReason }
    | { readonly kind: 'failed'; readonly error: ProviderError }
    | { readonly kind: 'refused'; readonly refusal: Refusal };
}

/** The rims that asking needs. */
export interface AskPorts {
  policy(): PolicyState;
  /** The code that talks to an endpoint, loaded when it is first needed. Never rejects: what fails, fails in its stream. */
  provider(allowed: AllowedModel): Promise<Provider>;
  /** Queues the audit record; never throws. When records cannot be written, `auditRefusal` says so from then on. */
  record(outcome: Outcome): void;
  /** Why nothing may leave for want of an audit, or undefined. */
  auditRefusal(): Refusal | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** A fresh UUID. */
  newId(): string;
}

/** Failures that another model of the same decision may make good, as long as no text was shown. */
const FAILOVER: ReadonlySet<ErrorKind> = new Set([
  'unreachable',
  'warming',
  'rate-limited',
  'deadline',
  'stalled',
  'server',
  'unknown-model',
]);

/**
 * Sends a question through the rest of the gate: policy decides, the prompt is built and routed, a provider streams, and
 * the audit gets one record for each request. See `GateEvent` for the contract.
 */
export async function* ask(question: Question, ports: AskPorts, signal: AbortSignal): AsyncGenerator<GateEvent, void> {
  const decision = decided(question, ports);
  if (decision.kind === 'refusal') {
    yield refused(question, decision, ports);
    return;
  }
  let failed: { readonly allowed: AllowedModel; readonly error: ProviderError } | undefined;
  for (const allowed of decision.models) {
    if (failed && !mayTakeOver(failed.allowed, allowed)) continue;
    const routed = route(question.promptFor(allowed), decision, allowed, ports.newId());
    if (!(routed instanceof RoutedRequest)) {
      yield refused(question, routed, ports);
      return;
    }
    if (failed) yield { type: 'fallback', error: failed.error, to: allowed };
    yield { type: 'routed', request: routed };
    const error = yield* answered(question, routed, ports, signal);
    if (error === undefined) return;
    failed = { allowed, error };
  }
  if (failed) yield { type: 'error', error: failed.error };
}

function decided(question: Question, ports: AskPorts): Decision | Refusal {
  const state = ports.policy();
  if (!state.ok) return state.refusal;
  const unrecorded = ports.auditRefusal();
  if (unrecorded) return unrecorded;
  const { task, class: dataClass, preferred } = question;
  return decide(state.active, {
    task,
    class: dataClass,
    now: ports.now(),
    ...(preferred === undefined ? {} : { preferred }),
  });
}

/** Failover stays inside the boundary of the endpoint that failed, or falls back to this workstation. */
const mayTakeOver = (failed: AllowedModel, next: AllowedModel): boolean =>
  next.endpoint.boundary === failed.endpoint.boundary || next.endpoint.boundary === 'workstation';

/**
 * Streams one request and records its outcome, also when the consumer stops reading. Returns the error when another
 * model may try; then nothing of it was shown.
 */
async function* answered(
  question: Question,
  request: RoutedRequest,
  ports: AskPorts,
  signal: AbortSignal,
): AsyncGenerator<GateEvent, ProviderError | undefined> {
  const startedAt = ports.now();
  let answer = '';
  let shown = false;
  let usage: TokenUsage | undefined;
  let end: Outcome['end'] = { kind: 'answered', reason: 'aborted' };
  try {
    const provider = await ports.provider(request.allowed);
    for await (const event of provider.stream(request, signal)) {
      if (event.type === 'text') answer += event.text;
      shown ||= event.type === 'text' || event.type === 'reasoning';
      if (event.type === 'usage') usage = event.usage;
      if (event.type === 'end') end = { kind: 'answered', reason: event.reason };
      if (event.type === 'error') {
        end = { kind: 'failed', error: event.error };
        if (!shown && FAILOVER.has(event.error.kind)) return event.error;
      }
      yield event;
    }
    return undefined;
  } finally {
    ports.record({ question, request, startedAt, endedAt: ports.now(), answer, usage, end });
  }
}

function refused(question: Question, refusal: Refusal, ports: AskPorts): GateEvent {
  const now = ports.now();
  ports.record({
    question,
    request: undefined,
    startedAt: now,
    endedAt: now,
    answer: '',
    usage: undefined,
    end: { kind: 'refused', refusal },
  });
  return { type: 'refused', refusal };
}
