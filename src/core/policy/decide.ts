import { geographyOf } from './bedrock-region.ts';
import type { ActivePolicy, AllowedModel, Decision, Refusal, Step } from './decision.ts';
import { isOnWorkstation } from './loopback.ts';
import type { DataClass, Endpoint, Model, Policy, Task } from './schema.ts';

export interface Wish {
  readonly task: Task;
  readonly class: DataClass;
  /** Model that the person picked, if any; it goes first when policy allows it. */
  readonly preferred?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Which models may answer, in order, and why each other may not. Pure. */
export function decide(active: ActivePolicy, wish: Wish): Decision | Refusal {
  const { policy } = active;
  const expired = expiry(policy, wish.now);
  if (expired) return expired;
  const { routed, steps } = routesFor(policy, wish);
  const models: AllowedModel[] = [];
  const passedOver: { model: string; reason: string }[] = [];
  for (const id of [...routed, ...Object.keys(policy.models).filter((id) => !routed.includes(id))]) {
    const allowed = routed.includes(id)
      ? allow(active, id, wish)
      : `no route lets it do ${wish.task} with ${wish.class} code`;
    if (typeof allowed === 'string') passedOver.push({ model: id, reason: allowed });
    else models.push(allowed);
  }
  if (wish.preferred !== undefined) steps.push(preferFirst(models, wish.preferred, passedOver));
  if (models.length === 0) return noModel(policy, wish, [...steps, ...passedOver.map(passedOverStep)]);
  return { kind: 'decision', task: wish.task, class: wish.class, models, passedOver, steps, policyHash: active.hash };
}

function expiry(policy: Policy, now: number): Refusal | undefined {
  if (policy.expires === undefined) return undefined;
  const until = Date.parse(policy.expires);
  if (now < until) return undefined; // NaN compares false: an expiry that cannot be read has passed.
  return {
    kind: 'refusal',
    code: 'policy-expired',
    reason: `The policy of ${policy.organisation} expired on ${policy.expires.slice(0, 10)}. Nothing is sent until it is renewed.${ask(policy)}`,
    steps: [{ rule: 'expires', says: `the policy held until ${policy.expires}` }],
  };
}

/** The models that the matching routes name, in order, each once. */
function routesFor(policy: Policy, wish: Wish): { readonly routed: readonly string[]; readonly steps: Step[] } {
  const routed = new Set<string>();
  const steps: Step[] = [];
  for (const [index, route] of policy.routes.entries()) {
    if (route.task !== wish.task || !route.classes.includes(wish.class)) continue;
    for (const model of route.models) routed.add(model);
    steps.push({
      rule: `routes[${index}]`,
      says: `${wish.task} with ${wish.class} code may use ${route.models.join(', ')}`,
    });
  }
  return { routed: [...routed], steps };
}

/** A routed model with its endpoint, or why it may not be used. */
function allow(active: ActivePolicy, id: string, { task }: Wish): AllowedModel | string {
  const model = own(active.policy.models, id);
  if (!model) return 'the policy does not describe it';
  const endpoint = own(active.policy.endpoints, model.endpoint);
  if (!endpoint) return `the policy does not describe its endpoint ${model.endpoint}`;
  const reason =
    taskReason(model, endpoint, task) ??
    originReason(active, endpoint) ??
    regionReason(model, endpoint) ??
    ringReason(active, id, model);
  return reason ?? { id, model, endpointId: model.endpoint, endpoint };
}

function taskReason(model: Model, endpoint: Endpoint, task: Task): string | undefined {
  if (!model.tasks.includes(task)) return `it is not registered for ${task}`;
  if (endpoint.kind === 'local') return task === 'refactor' ? 'the local engine cannot refactor' : undefined;
  if (model.name === undefined) return 'the policy does not say what its endpoint calls it';
  // Converse has messages only: no raw completion, so no fill-in-the-middle template.
  if (endpoint.kind === 'bedrock' && task === 'completion' && model.fim !== undefined && model.fim !== 'hole')
    return `Bedrock cannot be asked in the template of ${model.fim}`;
  return undefined;
}

/** Only a policy that the organisation put onto the machine opens the way off this workstation. */
function originReason({ origin }: ActivePolicy, endpoint: Endpoint): string | undefined {
  if (origin === 'machine' || isOnWorkstation(endpoint)) return undefined;
  return 'only a machine-wide policy may name an endpoint beyond this workstation';
}

function regionReason(model: Model, endpoint: Endpoint): string | undefined {
  if (endpoint.kind !== 'bedrock' || endpoint.crossRegion === 'allow') return undefined;
  const geography = geographyOf(model.name ?? '', endpoint.region);
  return geography && `${geography}, and ${model.endpoint} keeps to ${endpoint.region}`;
}

function ringReason({ person }: ActivePolicy, id: string, { ring }: Model): string | undefined {
  if (ring === undefined || ring >= 1) return undefined;
  if (person !== undefined && positionInRing(person, id) < ring) return undefined;
  return `it is open to ${Math.round(ring * 100)} % of people so far, and this person is not among them`;
}

/** A stable position from 0 to 1 of a person for a model: FNV-1a, spread by MurmurHash3's last step. Not a secret. */
export function positionInRing(person: string, modelId: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${person}\n${modelId}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Moves the model that the person picked to the front, when it is allowed. */
function preferFirst(models: AllowedModel[], preferred: string, passedOver: Decision['passedOver']): Step {
  const at = models.findIndex(({ id }) => id === preferred);
  const [picked] = at < 0 ? [] : models.splice(at, 1);
  if (picked) {
    models.unshift(picked);
    return { rule: 'picked', says: `${preferred} goes first, because it was picked` };
  }
  const reason = passedOver.find(({ model }) => model === preferred)?.reason ?? 'the policy does not name it';
  return { rule: 'picked', says: `${preferred} was picked but may not be used: ${reason}` };
}

const passedOverStep = ({ model, reason }: Decision['passedOver'][number]): Step => ({
  rule: `models.${model}`,
  says: reason,
});

function noModel(policy: Policy, wish: Wish, steps: readonly Step[]): Refusal {
  return {
    kind: 'refusal',
    code: 'no-route',
    reason: `Not sent: no model may do ${wish.task} with ${wish.class} code.${ask(policy)}`,
    steps: steps.length > 0 ? steps : [{ rule: 'routes', says: `no route names ${wish.task} and ${wish.class}` }],
  };
}

const ask = (policy: Policy): string => (policy.contact === undefined ? '' : ` Ask ${policy.contact}.`);

/** A property of the record itself: `constructor` names no model. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
