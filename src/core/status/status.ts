import type { Boundary } from '../policy/schema.ts';
import type { ErrorKind } from '../provider/provider-error.ts';

/** Everything that the one status item can depend on. Times are milliseconds since 1970. */
export interface StatusFacts {
  readonly now: number;
  /** Why policy is not in force, if it is not. */
  readonly policyProblem: { readonly expired: boolean; readonly reason: string } | undefined;
  readonly snoozedUntil: number | undefined;
  /** Why nothing is sent for the file in front, if so. */
  readonly fileRefusal: string | undefined;
  /** The model that would answer a completion, or answered last. */
  readonly model: { readonly id: string; readonly boundary: Boundary; readonly local: boolean } | undefined;
  /** The last request's failure, until one succeeds. */
  readonly failure:
    | { readonly kind: ErrorKind; readonly endpointId: string; readonly at: number; readonly expectedMs: number }
    | undefined;
  readonly completionOn: boolean;
}

export type Severity = 'normal' | 'warning' | 'error';

export interface Status {
  readonly kind: 'ready' | 'local' | 'off' | 'snoozed' | 'warming' | 'busy' | 'cannot' | 'no-policy';
  readonly text: string;
  /** One sentence: what it means. */
  readonly explanation: string;
  readonly severity: Severity;
  /** Milliseconds after which the text changes by itself; undefined when only an event changes it. */
  readonly refreshMs: number | undefined;
}

const boundaryWords: Readonly<Record<Boundary, string>> = {
  workstation: 'this machine',
  'on-premises': 'on-prem',
  'private-cloud': 'private cloud',
};

/** The first row that applies, as in the table of states: what stops everything comes before what stops one file. */
export function statusOf(facts: StatusFacts): Status {
  if (facts.policyProblem) return policyStatus(facts.policyProblem);
  if (facts.snoozedUntil !== undefined && facts.snoozedUntil > facts.now)
    return snoozeStatus(facts.snoozedUntil - facts.now);
  if (facts.fileRefusal !== undefined) return still('off', 'off for this file', facts.fileRefusal);
  if (!facts.completionOn)
    return still(
      'off',
      'completion off',
      'Completion is switched off in the settings or for this language. Chat and refactoring still work.',
    );
  if (facts.failure) return failureStatus(facts.failure, facts);
  if (!facts.model) return still('off', 'no model', 'Policy allows no model for completions in this file.');
  if (facts.model.local)
    return still(
      'local',
      'local n-gram',
      'Completions come from the local n-gram engine on this machine. Nothing leaves it.',
    );
  return still(
    'ready',
    `${facts.model.id} · ${boundaryWords[facts.model.boundary]}`,
    `Completions come from ${facts.model.id} (${boundaryWords[facts.model.boundary]}).`,
  );
}

const still = (kind: Status['kind'], text: string, explanation: string): Status => ({
  kind,
  text,
  explanation,
  severity: 'normal',
  refreshMs: undefined,
});

const policyStatus = (problem: { readonly expired: boolean; readonly reason: string }): Status => ({
  ...still('no-policy', problem.expired ? 'policy expired' : 'no valid policy', problem.reason),
  severity: 'error',
});

function snoozeStatus(left: number): Status {
  const minutes = Math.ceil(left / 60_000);
  return {
    ...still('snoozed', `snoozed ${minutes} min`, 'Completions are paused. Chat and refactoring still work.'),
    refreshMs: left - (minutes - 1) * 60_000,
  };
}

/** Failures of which the endpoint recovers by itself within this time are shown no longer than it. */
const BUSY_MS = 20_000;

function failureStatus(failure: NonNullable<StatusFacts['failure']>, facts: StatusFacts): Status {
  const { kind, endpointId } = failure;
  const age = facts.now - failure.at;
  switch (kind) {
    case 'warming': {
      const left = Math.max(0, failure.expectedMs - age);
      const explanation = `${endpointId} is starting. Requests are answered once it is ready.`;
      return {
        ...still('warming', left > 0 ? `warming ${clock(left)}` : 'warming', explanation),
        refreshMs: left > 0 ? 1000 : undefined,
      };
    }
    case 'rate-limited':
    case 'deadline':
    case 'stalled':
    case 'server':
      if (age >= BUSY_MS) return statusOf({ ...facts, failure: undefined });
      return {
        ...still('busy', 'busy, retrying', `${endpointId} has more work than it can take.`),
        refreshMs: BUSY_MS - age,
      };
    case 'unauthorised':
    case 'sign-in-expired':
      return { ...still('cannot', 'sign in', `${endpointId} did not accept the credentials.`), severity: 'error' };
    default:
      return { ...still('cannot', 'check endpoint', `${endpointId} could not answer (${kind}).`), severity: 'error' };
  }
}

const clock = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;
