import type { DataClass, Endpoint, Model, Policy, Task } from './schema.ts';

/** One step of a decision, in the words a person reads: which rule spoke and what it said. */
export interface Step {
  /** Where the rule stands, such as `classes[1]`, `exclude[0]` or `built-in`. */
  readonly rule: string;
  readonly says: string;
}

/** A model that a route allows, with the endpoint that serves it. */
export interface AllowedModel {
  /** Its key in the policy. */
  readonly id: string;
  readonly model: Model;
  readonly endpointId: string;
  readonly endpoint: Endpoint;
}

export interface Decision {
  readonly kind: 'decision';
  readonly task: Task;
  readonly class: DataClass;
  /** In the order of the route; never empty. */
  readonly models: readonly AllowedModel[];
  readonly passedOver: readonly { readonly model: string; readonly reason: string }[];
  readonly steps: readonly Step[];
  /** SHA-256 of the policy's bytes, hex. */
  readonly policyHash: string;
}

export const refusalCodes = [
  'no-policy',
  'policy-expired',
  'excluded',
  'no-route',
  'personal-data',
  'redaction-deadline',
  'too-large',
  'binary',
  'cursor-in-secret',
  'class-too-high',
  'policy-changed',
  'no-audit',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Why nothing is sent. `reason` is one sentence for the person and holds no content of the document. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: RefusalCode;
  readonly reason: string;
  readonly steps: readonly Step[];
}

/** What policy is in force: the document, where it came from and whether it may be used. */
export interface ActivePolicy {
  readonly policy: Policy;
  readonly origin: 'built-in' | 'machine' | 'trial';
  /** SHA-256 of its exact bytes, hex. */
  readonly hash: string;
  /** Pseudonym of the person, which decides on rings; without one no partial ring is open. */
  readonly person?: string;
}

export type PolicyState =
  | { readonly ok: true; readonly active: ActivePolicy }
  | { readonly ok: false; readonly refusal: Refusal };
