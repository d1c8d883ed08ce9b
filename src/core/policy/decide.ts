import type { ActivePolicy, Decision, Refusal } from './decision.ts';
import type { DataClass, Task } from './schema.ts';

export interface Wish {
  readonly task: Task;
  readonly class: DataClass;
  /** Model that the person picked, if any; it goes first when policy allows it. */
  readonly preferred?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Which models may answer, in order, and why each other may not. Pure. */
export function decide(_active: ActivePolicy, _wish: Wish): Decision | Refusal {
  throw new Error('written by the policy part');
}
