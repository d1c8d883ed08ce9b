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

const boundary = z
  .enum(boundaries)
  .describe('Where the endpoint stands. Another boundary never takes over when it fails, but for the workstation.');

const limits = z.strictObject({
  concurrency: z.int().positive().max(64).default(4).describe('Requests of one person at a time.'),
  firstTokenMs: z
    .int()
    .positive()
    .default(20_000)
    .describe('Milliseconds to the first token before the request is given up.'),
  stallMs: z
    .int()
    .positive()
    .default(15_000)
    .describe('Milliseconds between two chunks before the stream counts as stalled.'),
  coldStartMs: z
    .int()
    .positive()
    .default(600_000)
    .describe('Milliseconds that the endpoint may take to start from nothing.'),
});

const httpEndpoint = z.strictObject({
  kind: z.enum(['vllm', 'ollama', 'openai-compatible']),
  url: z.url({ protocol: /^https?$/ }).describe('Up to and with the version, such as https://llm.example/v1.'),
  boundary,
  region: z.string().optional(),
  auth: z
    .strictObject({ secret: z.string().min(1) })
    .optional()
    .describe('Name under which each person keeps the key in the editor; never the key itself.'),
  tls: z.strictObject({ ca: z.string().optional(), clientCertificate: z.boolean().default(false) }).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  limits: limits.optional(),
});

const bedrockEndpoint = z.strictObject({
  kind: z.literal('bedrock'),
  host: z.string().min(1).describe('Host of the private (PrivateLink) endpoint, with its port when it is not 443.'),
  boundary,
  region: z.string().min(1),
  auth: z.strictObject({
    profile: z.string().min(1),
    method: z.enum(['sso', 'profile', 'assume-role', 'credential-process', 'environment']).default('profile'),
  }),
  guardrail: z.strictObject({ id: z.string(), version: z.string() }).optional(),
  crossRegion: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe('Whether models may be asked through inference profiles that reach other regions.'),
  limits: limits.optional(),
});

const localEndpoint = z.strictObject({ kind: z.literal('local'), boundary: z.literal('workstation') });

export const endpointSchema = z.discriminatedUnion('kind', [httpEndpoint, bedrockEndpoint, localEndpoint]);
export type Endpoint = z.infer<typeof endpointSchema>;
export type EndpointKind = Endpoint['kind'];

export const modelSchema = z.strictObject({
  endpoint: z.string().describe('Key of its endpoint.'),
  name: z.string().min(1).optional().describe('The name that the endpoint knows it by; the local engine needs none.'),
  fim: z
    .enum(fimFamilies)
    .optional()
    .describe('Its fill-in-the-middle template; without one it is asked about a hole in the code.'),
  context: z.int().positive().optional().describe('Context length in tokens.'),
  reasoning: z.boolean().default(false).describe('Whether it thinks aloud before it answers.'),
  tasks: z.array(z.enum(tasks)).min(1),
  ring: z.number().min(0).max(1).optional().describe('Share of people, 0 to 1, who get this model.'),
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

const PATH_PATTERNS =
  'Patterns over the path: *.pem holds in every folder, **/hsm for the whole folder, /build/ only at the top.';

const patterns = (what: string) => z.array(z.string()).min(1).optional().describe(what);

const classRule = z.strictObject({
  class: z.enum(dataClasses),
  when: z
    .strictObject({
      remote: patterns('Patterns over host/group/repository of the git remotes, such as git.example/payments/**.'),
      path: patterns(PATH_PATTERNS),
      language: patterns("VS Code's language ids, such as python."),
      findings: patterns('Types of findings, such as cpf.'),
      atLeast: z.int().positive().optional().describe('How many findings of these types there must be; 1 without it.'),
    })
    .describe('Every named condition must hold; within one condition any pattern may.'),
});

export type ClassRule = z.infer<typeof classRule>;

const routeRule = z.strictObject({
  task: z.enum(tasks),
  classes: z.array(z.enum(dataClasses)).min(1),
  models: z.array(z.string()).min(1),
});

const personalDataAction = z.enum(['replace', 'drop-section', 'refuse']);

export const policySchema = z.strictObject({
  $schema: z.string().optional(),
  organisation: z.string().min(1),
  version: z.int().positive().describe('Goes up by one with every change.'),
  issued: z.iso.datetime(),
  expires: z.iso.datetime().optional().describe('From then on nothing is sent.'),
  endpoints: z.record(z.string(), endpointSchema),
  models: z.record(z.string(), modelSchema),
  classes: z.array(classRule).default([]).describe('A file gets the highest class of the rules that hold for it.'),
  defaultClass: z.enum(dataClasses).describe('The class of files for which no rule holds.'),
  routes: z
    .array(routeRule)
    .describe('Which models may do which task with which classes; the models of all matching routes, in order.'),
  exclude: z.array(z.string()).default([]).describe(`Files that are never read. ${PATH_PATTERNS}`),
  redaction: z
    .strictObject({
      personalData: z.partialRecord(z.enum(dataClasses), personalDataAction).default({}),
      rules: z
        .array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]*$/), pattern: z.string().min(1) }))
        .default([])
        .describe(
          'Regular expressions of JavaScript for what is replaced. Each looks at one line at a time, also where it could match a line feed; at a line of more than 1024 characters in pieces that overlap by 256.',
        ),
      words: z
        .array(z.string().min(3))
        .default([])
        .describe('Words that are replaced in any case; those of Latin, Greek and Cyrillic letters as whole words.'),
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
  contact: z.string().optional().describe('Whom people ask when something is refused.'),
});
export type Policy = z.infer<typeof policySchema>;
