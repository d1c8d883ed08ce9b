import type * as z from 'zod';
import { type PolicyProblem, policyProblems } from './cross-check.ts';
import { type Policy, policySchema } from './schema.ts';

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | {
      readonly ok: false;
      /** Never empty. */
      readonly problems: readonly PolicyProblem[];
      /** Whom the document names as contact, as far as it can be read; one line. */
      readonly contact?: string;
    };

/** Reads a policy document. Every problem of one stage is told at once: JSON, then shape, then what names what. */
export function parsePolicy(text: string): ParsedPolicy {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { ok: false, problems: [{ path: 'policy', message: `is not JSON${placeOf(error, text)}` }] };
  }
  const shaped = policySchema.safeParse(json);
  const problems = shaped.success ? policyProblems(shaped.data) : shaped.error.issues.flatMap(inWords);
  if (shaped.success && problems.length === 0) return { ok: true, policy: shaped.data };
  return { ok: false, problems, ...contactOf(json) };
}

function contactOf(json: unknown): { readonly contact?: string } {
  if (typeof json !== 'object' || json === null || !('contact' in json) || typeof json.contact !== 'string') return {};
  const contact = json.contact.replace(/\s+/g, ' ').trim().slice(0, 100);
  return contact === '' ? {} : { contact };
}

/** `models.x.endpoint`, `routes[2].models[0]`: the way from the document to a value. */
function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += (text === '' ? '' : '.') + String(key);
  }
  return text === '' ? 'policy' : text;
}

/** V8 names a line and column, or a position, in its message; nothing else of the message is kept. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return text.trim() === '' ? ': it is empty' : '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function inWords(issue: z.core.$ZodIssue): readonly PolicyProblem[] {
  const path = pathText(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        message: 'is not a key that Postern knows here; correct or remove it',
      }));
    case 'invalid_type':
      return [{ path, message: wrongType(issue) }];
    case 'invalid_value':
      return [{ path, message: `must be ${anyOf(issue.values)}` }];
    case 'invalid_union':
      return [{ path, message: unionMessage(issue) }];
    case 'too_small':
      return [{ path, message: tooSmall(issue) }];
    case 'too_big':
      return [{ path, message: `must be at most ${issue.maximum}${unitOf(issue.origin)}` }];
    case 'invalid_format':
      return [{ path, message: FORMATS[issue.format] ?? 'does not have the form that is asked for' }];
    case 'invalid_key':
      return [{ path, message: 'is not a key that is allowed here' }];
    default:
      return [{ path, message: issue.message }];
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  url: 'must be a whole URL, such as https://llm.example/v1',
  datetime: 'must be a time in UTC, such as 2027-01-31T00:00:00Z',
  regex: 'must be lower-case letters, digits and hyphens, beginning with a letter',
};

/** zod says an absent value with the same code as one of another type; its input, when told, is undefined. */
function wrongType(issue: z.core.$ZodIssueInvalidType): string {
  const wanted = TYPES[issue.expected] ?? issue.expected;
  return /received undefined$/.test(issue.message) ? `is missing; it must be ${wanted}` : `must be ${wanted}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function unionMessage(issue: z.core.$ZodIssueInvalidUnion): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return options.length > 0 ? `must be ${anyOf(options)}` : 'has none of the shapes that are allowed here';
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string' || origin === 'array')
    return minimum === 1 ? 'must not be empty' : `must be at least ${minimum}${unitOf(origin)}`;
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '');

function anyOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value) ?? String(value));
  return words.length < 2 ? (words[0] ?? 'absent') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
