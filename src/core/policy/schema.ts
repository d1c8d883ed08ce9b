import * as z from 'zod';

/**
 * The shape of an organisation's policy document. `media/policy.schema.json` is generated from it.
 * Everything is strict: an unknown key is an error, because a misspelt restriction must not be ignored.
 */

export const dataClasses = ['public', 'internal', 'confidential', 'restricted'] as const;
export type DataClass = (typeof dataClasses)[number];

export const tasks = ['completion', 'chat', 'refactor'] as const;
export type Task = (typeof tasks)[number];

export const boundaries = ['workstation', 'on-premises', 'private-cloud'] as const;
export type Boundary = (typeof boundaries)[number];

/** Fill-in-the-middle families, named after the first model that used the template. `hole` asks a chat model. */
export const fimFamilies = [
  'qwen',
  'deepseek',
  'codellama',
  'starcoder',
  'codestral',
  'seed',
  'mellum',
  'codegemma',
  'granite3',
  'granite4',
  'glm',
  'hole',
] as const;
export type FimFamily = (typeof fimFamilies)[number];

const limits = z.strictObject({
  concurrency: z.int().positive().max(64).default(4),
  /** Milliseconds to the first token before the request is given up. */
  firstTokenMs: z.int().positive().default(20_000),
  /** Milliseconds between two chunks before the stream counts as stalled. */
  stallMs: z.int().positive().default(15_000),
  coldStartMs: z.int().positive().default(600_000),
});

const httpEndpoint = z.strictObject({
  kind: z.enum(['vllm', 'ollama', 'openai-compatible']),
  url: z.url({ protocol: /^https?$/ }),
  boundary: z.enum(boundaries),
  region: z.string().optional(),
  /** Name of the key in SecretStorage. */
  auth: z.strictObject({ secret: z.string().min(1) }).optional(),
  tls: z.strictObject({ ca: z.string().optional(), clientCertificate: z.boolean().default(false) }).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  limits: limits.optional(),
});

const bedrockEndpoint = z.strictObject({
  kind: z.literal('bedrock'),
  /** Host of the private (PrivateLink) endpoint, with its port when it is not 443. */
  host: z.string().min(1),
  boundary: z.enum(boundaries),
  region: z.string().min(1),
  auth: z.strictObject({
    profile: z.string().min(1),
    method: z.enum(['sso', 'profile', 'assume-role', 'credential-process', 'environment']).default('profile'),
  }),
  guardrail: z.strictObject({ id: z.string(), version: z.string() }).optional(),
  crossRegion: z.enum(['refuse', 'allow']).default('refuse'),
  limits: limits.optional(),
});

const localEndpoint = z.strictObject({ kind: z.literal('local'), boundary: z.literal('workstation') });

export const endpointSchema = z.discriminatedUnion('kind', [httpEndpoint, bedrockEndpoint, localEndpoint]);
export type Endpoint = z.infer<typeof endpointSchema>;
export type EndpointKind = Endpoint['kind'];

export const modelSchema = z.strictObject({
  endpoint: z.string(),
  /** The name that the endpoint knows it by; the local engine needs none. */
  name: z.string().optional(),
  fim: z.enum(fimFamilies).optional(),
  /** Context length in tokens. */
  context: z.int().positive().optional(),
  reasoning: z.boolean().default(false),
  tasks: z.array(z.enum(tasks)).min(1),
  /** Share of people, 0 to 1, who get this model. */
  ring: z.number().min(0).max(1).optional(),
  price: z
    .strictObject({
      currency: z.string().length(3),
      inputPerMillion: z.number().min(0),
      outputPerMillion: z.number().min(0),
      cachedInputPerMillion: z.number().min(0).optional(),
    })
    .optional(),
});
export type Model = z.infer<typeof modelSchema>;

const classRule = z.strictObject({
  class: z.enum(dataClasses),
  /** Every named condition must hold; within one condition any pattern may. */
  when: z.strictObject({
    remote: z.array(z.string()).min(1).optional(),
    path: z.array(z.string()).min(1).optional(),
    language: z.array(z.string()).min(1).optional(),
    findings: z.array(z.string()).min(1).optional(),
    atLeast: z.int().positive().optional(),
  }),
});

export type ClassRule = z.infer<typeof classRule>;

const routeRule = z.strictObject({
  task: z.enum(tasks),
  classes: z.array(z.enum(dataClasses)).min(1),
  models: z.array(z.string()).min(1),
});

const personalDataAction = z.enum(['replace', 'drop-section', 'refuse']);
export type PersonalDataAction = z.infer<typeof personalDataAction>;

export const policySchema = z.strictObject({
  $schema: z.string().optional(),
  organisation: z.string().min(1),
  version: z.int().positive(),
  issued: z.iso.datetime(),
  expires: z.iso.datetime().optional(),
  endpoints: z.record(z.string(), endpointSchema),
  models: z.record(z.string(), modelSchema),
  classes: z.array(classRule).default([]),
  defaultClass: z.enum(dataClasses),
  routes: z.array(routeRule),
  exclude: z.array(z.string()).default([]),
  redaction: z
    .strictObject({
      personalData: z.partialRecord(z.enum(dataClasses), personalDataAction).default({}),
      rules: z
        .array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]*$/), pattern: z.string().min(1) }))
        .default([]),
      words: z.array(z.string().min(3)).default([]),
    })
    .default({ personalData: {}, rules: [], words: [] }),
  budgets: z
    .array(
      z.strictObject({
        per: z.enum(['person', 'team', 'model']),
        window: z.enum(['day', 'month']),
        money: z.strictObject({ currency: z.string().length(3), amount: z.number().positive() }).optional(),
        tokens: z.int().positive().optional(),
      }),
    )
    .default([]),
  audit: z
    .strictObject({
      collector: z.url().optional(),
      signEvery: z.int().positive().default(256),
      keepDays: z.int().positive().default(365),
    })
    .optional(),
  contact: z.string().optional(),
});
export type Policy = z.infer<typeof policySchema>;
