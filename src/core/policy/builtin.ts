import { isLoopbackUrl } from './loopback.ts';
import { dataClasses, type FimFamily, fimFamilies, type Policy, type Task } from './schema.ts';

/** Keys of the built-in endpoint and model. */
const LOCAL_ENDPOINT = 'workstation';
const LOCAL_MODEL = 'n-gram';
/** Keys of the endpoint and model that the loopback setting adds. */
const LOOPBACK_ENDPOINT = 'loopback';
const LOOPBACK_MODEL = 'loopback';

/** What holds where nobody put a policy: the local engine answers, and nothing leaves the workstation. */
export const builtinPolicy: Policy = {
  organisation: 'built-in',
  version: 1,
  issued: '2026-01-01T00:00:00Z',
  endpoints: { [LOCAL_ENDPOINT]: { kind: 'local', boundary: 'workstation' } },
  models: { [LOCAL_MODEL]: { endpoint: LOCAL_ENDPOINT, reasoning: false, tasks: ['completion', 'chat'] } },
  classes: [],
  defaultClass: 'internal',
  routes: [
    { task: 'completion', classes: [...dataClasses], models: [LOCAL_MODEL] },
    { task: 'chat', classes: [...dataClasses], models: [LOCAL_MODEL] },
  ],
  exclude: [],
  redaction: { personalData: {}, rules: [], words: [] },
  budgets: [],
};

/** An OpenAI-compatible server on this workstation, from the person's own settings. */
export interface Loopback {
  /** Up to and with `/v1`; that is added when the URL has no path. */
  readonly url: string;
  /** The name that the server knows the model by. */
  readonly model: string;
  /** Template of the model, one of `fimFamilies`; without one it is asked about a hole. */
  readonly fim?: string;
  /** Context length in tokens. */
  readonly context?: number;
}

export type WithLoopback =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problem: string };

/** A policy that asks a loopback server before the local engine, for every task; or why the URL is no such server. */
export function withLoopback(policy: Policy, loopback: Loopback): WithLoopback {
  const { url, model, context } = loopback;
  if (!isLoopbackUrl(url))
    return {
      ok: false,
      problem:
        'The endpoint setting takes only http(s)://127.…, http(s)://[::1] or http(s)://localhost. Other endpoints stand in a policy.',
    };
  if (model.trim() === '') return { ok: false, problem: 'The endpoint setting needs the name of a model.' };
  const fim = fimFamilies.find((family) => family === (loopback.fim ?? 'hole'));
  if (fim === undefined)
    return {
      ok: false,
      problem: `The endpoint setting knows no template ${loopback.fim}; it may be ${fimFamilies.join(', ')}.`,
    };
  if (context !== undefined && !(Number.isSafeInteger(context) && context > 0))
    return { ok: false, problem: 'The context of the endpoint setting must be a whole number of tokens.' };
  const parsed = new URL(url);
  if (parsed.search !== '' || parsed.hash !== '')
    return { ok: false, problem: 'The endpoint setting takes a URL without "?" and "#".' };
  const base = parsed.origin + (parsed.pathname === '/' ? '/v1' : parsed.pathname.replace(/\/+$/, ''));
  return {
    ok: true,
    policy: adding(policy, base, { name: model, fim, ...(context === undefined ? {} : { context }) }),
  };
}

function adding(
  policy: Policy,
  url: string,
  model: { readonly name: string; readonly fim: FimFamily; readonly context?: number },
): Policy {
  const tasks: Task[] = ['completion', 'chat', 'refactor'];
  return {
    ...policy,
    endpoints: {
      ...policy.endpoints,
      [LOOPBACK_ENDPOINT]: { kind: 'openai-compatible', url, boundary: 'workstation' },
    },
    models: {
      [LOOPBACK_MODEL]: { ...model, endpoint: LOOPBACK_ENDPOINT, reasoning: false, tasks },
      ...policy.models,
    },
    routes: [...tasks.map((task) => ({ task, classes: [...dataClasses], models: [LOOPBACK_MODEL] })), ...policy.routes],
  };
}
