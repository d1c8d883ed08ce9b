import type { Step } from './decision.ts';
import type { DataClass, Policy, Task } from './schema.ts';

/** What a class rule can look at. `findings` counts findings by type. */
export interface Facts {
  readonly path: string;
  readonly languageId: string;
  readonly remote: string | undefined;
  readonly findings: Readonly<Record<string, number>>;
}

/** The first exclusion of the policy that names this document, or undefined. */
export function excluded(_policy: Policy, _document: { readonly path: string }): Step | undefined {
  throw new Error('written by the policy part');
}

/** The highest class that any rule gives a document; the default class where none speaks. */
export function classify(
  _policy: Policy,
  _facts: Facts,
  _task: Task,
): { readonly class: DataClass; readonly steps: readonly Step[] } {
  throw new Error('written by the policy part');
}
