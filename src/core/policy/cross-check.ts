import { globProblem } from './globs.ts';
import { isOnWorkstation } from './loopback.ts';
import { remotePattern } from './remote-name.ts';
import type { Endpoint, Policy } from './schema.ts';

/** One thing that is wrong with a policy document, for the person who writes it. */
export interface PolicyProblem {
  /** Where, such as `routes[2].models[0]`; `policy` for the document as a whole. */
  readonly path: string;
  /** What is wrong and what to do, continuing a sentence that begins with the path: `names no model of this policy`. */
  readonly message: string;
}

/** What the shape of a policy cannot say: whether what it names is there, and whether its parts fit each other. */
export function policyProblems(policy: Policy): readonly PolicyProblem[] {
  return [
    ...timeProblems(policy),
    ...Object.entries(policy.endpoints).flatMap(([id, endpoint]) => endpointProblems(`endpoints.${id}`, endpoint)),
    ...modelProblems(policy),
    ...routeProblems(policy),
    ...classProblems(policy),
    ...policy.exclude.flatMap((pattern, at) => patternProblem(`exclude[${at}]`, pattern)),
    ...redactionProblems(policy),
    ...budgetProblems(policy),
  ];
}

function timeProblems({ issued, expires }: Policy): readonly PolicyProblem[] {
  if (expires === undefined || Date.parse(expires) > Date.parse(issued)) return [];
  return [{ path: 'expires', message: `is not later than issued (${issued}); give it a later time` }];
}

function endpointProblems(path: string, endpoint: Endpoint): readonly PolicyProblem[] {
  if (endpoint.kind === 'local') return [];
  const { boundary } = endpoint;
  const place = endpoint.kind === 'bedrock' ? bedrockProblems(path, endpoint) : urlProblems(path, endpoint);
  if (place.length > 0 || boundary !== 'workstation' || isOnWorkstation(endpoint)) return place;
  const message = 'says workstation, but its address is not 127.0.0.1, [::1] or localhost; say where it really stands';
  return [{ path: `${path}.boundary`, message }];
}

type Bedrock = Extract<Endpoint, { readonly kind: 'bedrock' }>;

function bedrockProblems(path: string, { host, region }: Bedrock): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/i.test(host))
    problems.push({ path: `${path}.host`, message: 'must be a host name, without scheme and path' });
  if (!/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region))
    problems.push({ path: `${path}.region`, message: 'must be an AWS region, such as sa-east-1' });
  return problems;
}

type Http = Extract<Endpoint, { readonly url: string }>;

function urlProblems(path: string, endpoint: Http): readonly PolicyProblem[] {
  const url = new URL(endpoint.url);
  const problems: PolicyProblem[] = [];
  if (url.username !== '' || url.password !== '')
    problems.push({
      path: `${path}.url`,
      message: 'holds a user name; keys are named in auth.secret and never written here',
    });
  if (url.search !== '' || url.hash !== '')
    problems.push({
      path: `${path}.url`,
      message: 'must not have "?" or "#"; it ends with the path of the API, such as /v1',
    });
  return problems;
}

function modelProblems({ models, endpoints }: Policy): readonly PolicyProblem[] {
  return Object.entries(models).flatMap(([id, model]) => {
    if (!Object.hasOwn(endpoints, model.endpoint))
      return [{ path: `models.${id}.endpoint`, message: `names no endpoint of this policy: ${known(endpoints)}` }];
    const kind = endpoints[model.endpoint]?.kind;
    const problems: PolicyProblem[] = [];
    if (kind !== 'local' && model.name === undefined)
      problems.push({
        path: `models.${id}.name`,
        message: 'is missing; it is the name that the endpoint knows the model by',
      });
    if (kind === 'local' && model.tasks.includes('refactor'))
      problems.push({
        path: `models.${id}.tasks`,
        message: 'names refactor, which the local engine cannot do; remove it',
      });
    return problems;
  });
}

function routeProblems({ routes, models }: Policy): readonly PolicyProblem[] {
  return routes.flatMap((route, at) =>
    route.models.flatMap((id, index) => {
      const path = `routes[${at}].models[${index}]`;
      if (!Object.hasOwn(models, id)) return [{ path, message: `names no model of this policy: ${known(models)}` }];
      if (models[id]?.tasks.includes(route.task)) return [];
      return [
        { path, message: `${id} is not registered for ${route.task}; add it to models.${id}.tasks or remove it here` },
      ];
    }),
  );
}

function classProblems({ classes }: Policy): readonly PolicyProblem[] {
  return classes.flatMap(({ when }, at) => {
    const path = `classes[${at}].when`;
    const problems: PolicyProblem[] = [];
    if (!(when.remote || when.path || when.language || when.findings))
      problems.push({ path, message: 'names no condition; for a class of everything set defaultClass' });
    if (when.atLeast !== undefined && !when.findings)
      problems.push({ path: `${path}.atLeast`, message: 'counts findings, but findings is not named' });
    problems.push(...(when.path ?? []).flatMap((pattern, index) => patternProblem(`${path}.path[${index}]`, pattern)));
    problems.push(
      ...(when.remote ?? []).flatMap((pattern, index) =>
        patternProblem(`${path}.remote[${index}]`, remotePattern(pattern)),
      ),
    );
    return problems;
  });
}

function patternProblem(path: string, pattern: string): readonly PolicyProblem[] {
  const problem = globProblem(pattern);
  return problem === undefined ? [] : [{ path, message: problem }];
}

function redactionProblems({ redaction }: Policy): readonly PolicyProblem[] {
  const words = redaction.words.flatMap((word, at) =>
    SEEN.test(word)
      ? []
      : [
          {
            path: `redaction.words[${at}]`,
            message: 'has no letter, digit or sign, so it would replace blanks everywhere',
          },
        ],
  );
  const rules = redaction.rules.flatMap(({ pattern }, at) => {
    const path = `redaction.rules[${at}].pattern`;
    const expression = compiled(pattern);
    if (!expression) return [{ path, message: 'is not a regular expression that JavaScript can read' }];
    return expression.test('')
      ? [{ path, message: 'matches the empty text, so it would replace nothing everywhere' }]
      : [];
  });
  return [...rules, ...words];
}

/** What a reader sees: a letter, digit, punctuation mark or symbol. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

function budgetProblems({ budgets }: Policy): readonly PolicyProblem[] {
  return budgets.flatMap(({ money, tokens }, at) =>
    money || tokens !== undefined
      ? []
      : [{ path: `budgets[${at}]`, message: 'names no limit; give it money or tokens' }],
  );
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined; // The caller says so in the problem.
  }
}

const known = (record: Readonly<Record<string, unknown>>): string => {
  const keys = Object.keys(record);
  return keys.length > 0 ? `it may be ${keys.join(', ')}` : 'there is none yet';
};
