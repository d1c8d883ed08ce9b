import { admitTyped } from '../../src/core/admission/admit.ts';
import type { ActivePolicy, AllowedModel, Decision } from '../../src/core/policy/decision.ts';
import { type Endpoint, type Model, policySchema, type Task } from '../../src/core/policy/schema.ts';
import { families } from '../../src/core/prompt/families.ts';
import { assemble, type RedactedPrompt } from '../../src/core/prompt/redacted-prompt.ts';
import { compose, type RedactedText, redact } from '../../src/core/redaction/redact.ts';
import { createScanCache } from '../../src/core/redaction/scan-cache.ts';
import { createVault } from '../../src/core/redaction/vault.ts';
import { RoutedRequest, route } from '../../src/core/routing/route.ts';

/** What a test asks, as literal text. */
export type Asked =
  | { readonly kind: 'completion'; readonly prefix: string; readonly suffix: string }
  | { readonly kind: 'chat'; readonly question: string };

export interface Routing {
  readonly endpoint: Endpoint;
  readonly model?: Partial<Model>;
  readonly id?: string;
}

/** Key of the endpoint and of the model in the policy that these requests are routed by. */
export const ENDPOINT_ID = 'gpu-test';

/** A request to one endpoint, built by the same stages that build every request: admitted, redacted, prompted, routed. */
export function routedRequest(asked: Asked, routing: Routing): RoutedRequest {
  const task: Task = asked.kind === 'chat' ? 'chat' : 'completion';
  const model: Model = {
    endpoint: ENDPOINT_ID,
    name: 'Qwen/Qwen2.5-Coder-7B',
    fim: 'qwen',
    reasoning: false,
    tasks: ['completion', 'chat', 'refactor'],
    ...routing.model,
  };
  const allowed: AllowedModel = { id: 'model', model, endpointId: ENDPOINT_ID, endpoint: routing.endpoint };
  const decision: Decision = {
    kind: 'decision',
    task,
    class: 'internal',
    models: [allowed],
    passedOver: [],
    steps: [],
    policyHash: '0'.repeat(64),
  };
  const routed = route(promptOf(asked, task, model), decision, allowed, routing.id ?? 'test-request-1');
  if (!(routed instanceof RoutedRequest)) throw new Error(routed.reason);
  return routed;
}

function promptOf(asked: Asked, task: Task, model: Model): RedactedPrompt {
  const rest = { sections: [], maxTokens: 192, temperature: 0 };
  if (asked.kind === 'chat') {
    const system = compose`Answer briefly.`;
    const messages = [{ role: 'user', content: redacted(asked.question, task) }] as const;
    return assemble({ ...rest, body: { kind: 'chat', system, messages }, stop: [] });
  }
  const family = families[model.fim === undefined || model.fim === 'hole' ? 'qwen' : model.fim];
  const prefix = redacted(asked.prefix, task);
  const suffix = redacted(asked.suffix, task);
  const text = family.render({ context: compose``, prefix, suffix });
  const body = { kind: 'completion', text, prefix, suffix, languageId: 'typescript' } as const;
  return assemble({ ...rest, body, stop: family.markers });
}

/** Literal text as it would stand in a prompt. */
export function redacted(text: string, task: Task): RedactedText {
  const admitted = admitTyped(text, { remotes: [] }, task, active);
  if ('kind' in admitted) throw new Error(admitted.reason);
  const document = redact(admitted, {
    vault: createVault((value) => value.length.toString(16).padStart(8, '0')),
    task,
    now: () => 0,
    budgetMs: 1000,
    cache: createScanCache(),
  });
  if ('kind' in document) throw new Error(document.reason);
  return document.text;
}

const active: ActivePolicy = {
  policy: policySchema.parse({
    organisation: 'tests',
    version: 1,
    issued: '2026-01-01T00:00:00Z',
    endpoints: {},
    models: {},
    defaultClass: 'internal',
    routes: [],
  }),
  origin: 'machine',
  hash: '0'.repeat(64),
};
