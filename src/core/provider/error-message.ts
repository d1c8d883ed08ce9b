import type { Endpoint } from '../policy/schema.ts';
import type { ErrorKind, ProviderError } from './provider-error.ts';

/** What a person can do about an error. The rim knows how each is done. */
export const errorActions = {
  'check-endpoint': 'Check endpoint',
  'set-key': 'Set key',
  'copy-sign-in': 'Copy sign-in command',
  retry: 'Retry',
  why: 'Why?',
  details: 'Details',
} as const;
export type ErrorActionId = keyof typeof errorActions;

export interface ErrorAction {
  readonly id: ErrorActionId;
  /** What its button says. */
  readonly title: string;
}

export interface ErrorMessage {
  /** What happened and what it means, in one or two sentences. */
  readonly message: string;
  /** What to do next, the best first. */
  readonly actions: readonly ErrorAction[];
}

/** What the words depend on besides the error. */
export interface ErrorCircumstances {
  /** The endpoint that failed, for the profile of an AWS sign-in and the time that a cold start may take. */
  readonly endpoint?: Endpoint;
  /** Whether the local engine answers completions meanwhile. */
  readonly localServes?: boolean;
}

/** The words for a provider's error. Pure; the same for a notification, the chat and the log. */
export function errorMessage(error: ProviderError, circumstances: ErrorCircumstances = {}): ErrorMessage {
  const { words, actions } = MESSAGES[error.kind];
  // AWS has no key to set: its credentials come from a sign-in.
  const aws = circumstances.endpoint?.kind === 'bedrock';
  return {
    message: words(error, circumstances),
    actions: actions
      .map((id) => (id === 'set-key' && aws ? 'copy-sign-in' : id))
      .map((id) => ({ id, title: errorActions[id] })),
  };
}

/** The command that renews an AWS sign-in, for the clipboard; undefined where no command does. */
export function signInCommand(endpoint: Endpoint | undefined): string | undefined {
  if (endpoint?.kind !== 'bedrock' || endpoint.auth.method === 'environment') return undefined;
  const { profile } = endpoint.auth;
  const quoted = /^[\w.@-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", "'\\''")}'`;
  return `aws sso login --profile ${quoted}`;
}

interface Message {
  readonly words: (error: ProviderError, circumstances: ErrorCircumstances) => string;
  readonly actions: readonly ErrorActionId[];
}

const MESSAGES: Readonly<Record<ErrorKind, Message>> = {
  unreachable: {
    words: ({ endpointId, detail }, { localServes }) =>
      `Postern can't reach ${endpointId} (${detail}).${localServes ? ' Completions come from the local engine until it answers.' : ''}`,
    actions: ['check-endpoint', 'details'],
  },
  warming: {
    words: ({ endpointId }, { endpoint }) => `${endpointId} is starting${expectedTime(endpoint)}. Try again then.`,
    actions: ['retry', 'details'],
  },
  unauthorised: {
    words: ({ endpointId, detail, status }, { endpoint }) =>
      status === undefined
        ? `${endpointId} was not asked: ${detail}.`
        : `${endpointId} did not accept ${yours(endpoint)}.`,
    actions: ['set-key', 'check-endpoint'],
  },
  forbidden: {
    words: ({ endpointId, detail }) => `${endpointId} does not let you use this model (${detail}).`,
    actions: ['check-endpoint', 'details'],
  },
  'sign-in-expired': {
    words: ({ endpointId }, { endpoint }) =>
      endpoint?.kind === 'bedrock'
        ? `The AWS sign-in for profile ${endpoint.auth.profile} has expired.`
        : `The sign-in for ${endpointId} has expired.`,
    actions: ['copy-sign-in', 'retry'],
  },
  'clock-skew': {
    words: ({ endpointId }) =>
      `${endpointId} refuses requests from this machine because its clock is wrong. Set the clock, then try again.`,
    actions: ['retry', 'details'],
  },
  'unknown-model': {
    words: ({ endpointId }) => `${endpointId} does not have the model that policy names for it.`,
    actions: ['check-endpoint', 'details'],
  },
  'context-too-long': {
    words: ({ detail }) => `This is more than the model can read at once (${detail}). Select or attach less.`,
    actions: ['details'],
  },
  'bad-request': {
    words: ({ endpointId, detail }) => `${endpointId} can't answer this request (${detail}).`,
    actions: ['check-endpoint', 'details'],
  },
  'rate-limited': {
    words: ({ endpointId, retryAfterMs }) =>
      `${endpointId} is busy. Try again ${retryAfterMs === undefined ? 'in a moment' : `in ${duration(retryAfterMs)}`}.`,
    actions: ['retry', 'details'],
  },
  deadline: {
    words: ({ endpointId, detail }) => `${endpointId} took too long (${detail}).`,
    actions: ['retry', 'check-endpoint'],
  },
  stalled: {
    words: ({ endpointId, detail }) => `${endpointId} stopped in the middle of its answer (${detail}).`,
    actions: ['retry', 'details'],
  },
  tls: {
    words: ({ endpointId, detail }) => `Not sent: the connection to ${endpointId} can't be trusted (${detail}).`,
    actions: ['check-endpoint', 'details'],
  },
  proxy: {
    words: ({ endpointId, detail }) => `The proxy on the way to ${endpointId} stopped the request (${detail}).`,
    actions: ['check-endpoint', 'details'],
  },
  redirected: {
    words: ({ endpointId }) =>
      `${endpointId} pointed to another address. Postern does not follow it, and nothing was sent there.`,
    actions: ['check-endpoint', 'details'],
  },
  server: {
    words: ({ endpointId, detail }) => `${endpointId} failed to answer (${detail}).`,
    actions: ['retry', 'details'],
  },
  protocol: {
    words: ({ endpointId, detail }) => `${endpointId} answered in a way that Postern does not understand (${detail}).`,
    actions: ['check-endpoint', 'details'],
  },
  guardrail: {
    words: () => "Blocked by your company's guardrail.",
    actions: ['why'],
  },
};

const yours = (endpoint: Endpoint | undefined): string =>
  endpoint?.kind === 'bedrock' ? `the AWS credentials of profile ${endpoint.auth.profile}` : 'the key';

function expectedTime(endpoint: Endpoint | undefined): string {
  const most = endpoint && 'limits' in endpoint ? endpoint.limits?.coldStartMs : undefined;
  return most === undefined ? ', which can take some minutes' : `, which can take up to ${duration(most)}`;
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
