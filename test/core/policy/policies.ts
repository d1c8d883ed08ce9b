import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import type { Policy } from '../../../src/core/policy/schema.ts';

const examplePath = new URL('../../fixtures/policies/example-cooperative.json', import.meta.url);

export const exampleText: string = readFileSync(examplePath, 'utf8');

/** The example policy with the changes that a test needs; it must still be valid. */
export function examplePolicy(changes: Readonly<Record<string, unknown>> = {}): Policy {
  const parsed = parsePolicy(JSON.stringify({ ...JSON.parse(exampleText), ...changes }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}
