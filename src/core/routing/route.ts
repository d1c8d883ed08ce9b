import type { AllowedModel, Decision, Refusal } from '../policy/decision.ts';
import { dataClasses, type Task } from '../policy/schema.ts';
import type { RedactedPrompt } from '../prompt/redacted-prompt.ts';

interface Fields {
  readonly id: string;
  readonly prompt: RedactedPrompt;
  readonly decision: Decision;
  readonly allowed: AllowedModel;
}

let make: (fields: Fields) => RoutedRequest;

/** A request that policy lets leave, and the one place where it may go. Only `route` makes one; a Provider takes nothing else. */
export class RoutedRequest {
  readonly #prompt: RedactedPrompt;
  /** Fresh for each request; sent as `X-Request-Id` and kept in the audit record. */
  readonly id: string;
  readonly task: Task;
  readonly decision: Decision;
  readonly allowed: AllowedModel;

  static {
    make = (fields) => new RoutedRequest(fields);
  }

  private constructor(fields: Fields) {
    this.#prompt = fields.prompt;
    this.id = fields.id;
    this.task = fields.decision.task;
    this.decision = fields.decision;
    this.allowed = fields.allowed;
  }

  get prompt(): RedactedPrompt {
    return this.#prompt;
  }
}

/**
 * Binds a prompt to one model of a decision. Refuses when the prompt was read under another policy, when it turned out to be of a higher class than the
 * decision was made for, or when the model is not one that the decision allows.
 */
export function route(
  prompt: RedactedPrompt,
  decision: Decision,
  allowed: AllowedModel,
  id: string,
): RoutedRequest | Refusal {
  if (!decision.models.includes(allowed))
    return refuse('no-route', `Policy does not allow ${allowed.id} for this request.`, decision);
  if (dataClasses.indexOf(prompt.class) > dataClasses.indexOf(decision.class)) {
    return refuse(
      'class-too-high',
      `The prompt holds ${prompt.class} text, but the route was chosen for ${decision.class}.`,
      decision,
    );
  }
  if (prompt.texts.some(({ sources }) => sources.some(({ policyHash }) => policyHash !== decision.policyHash)))
    return refuse('policy-changed', 'The policy changed after this was read. Ask again.', decision);
  return make({ id, prompt, decision, allowed });
}

const refuse = (code: Refusal['code'], reason: string, decision: Decision): Refusal => ({
  kind: 'refusal',
  code,
  reason,
  steps: decision.steps,
});
