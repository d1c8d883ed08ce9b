import type { Snapshot } from '../document/snapshot.ts';
import { classify, excluded } from '../policy/classify.ts';
import type { ActivePolicy, Refusal, Step } from '../policy/decision.ts';
import type { DataClass, Task } from '../policy/schema.ts';

/** What policy asks about a document besides its text. */
export interface Provenance {
  /** URLs of all git remotes of the repository that holds it; empty when there is none, `unknown` when they could not be read. */
  readonly remotes: readonly string[] | 'unknown';
  /** Its absolute path after every symbolic link; absent for documents that are no files. */
  readonly realPath?: string;
}

/** Largest document that Postern reads, in UTF-16 code units. Beyond it nothing is sent. */
const MAX_DOCUMENT = 2_000_000;
/** Longest line that Postern reads. Longer ones are generated or minified. */
const MAX_LINE = 100_000;

let make: (fields: {
  snapshot: Snapshot;
  class: DataClass;
  provenance: Provenance;
  active: ActivePolicy;
  steps: readonly Step[];
}) => Admitted;

/**
 * A document that policy lets Postern read for one task. Only `admit` makes one, and `redact` takes nothing else,
 * so the text of an excluded file cannot reach any later stage.
 */
export class Admitted {
  readonly #snapshot: Snapshot;
  readonly class: DataClass;
  readonly provenance: Provenance;
  readonly active: ActivePolicy;
  readonly steps: readonly Step[];

  static {
    make = (fields) => new Admitted(fields);
  }

  private constructor(fields: Parameters<typeof make>[0]) {
    this.#snapshot = fields.snapshot;
    this.class = fields.class;
    this.provenance = fields.provenance;
    this.active = fields.active;
    this.steps = fields.steps;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }
}

/**
 * Asks policy whether a document may be read for a task, and which class it has before its content is known.
 * Redaction may raise the class later, by what it finds.
 */
export function admit(
  snapshot: Snapshot,
  provenance: Provenance,
  task: Task,
  active: ActivePolicy,
): Admitted | Refusal {
  const unreadable = unreadableReason(snapshot.text);
  if (unreadable) return unreadable;
  const exclusion = excluded(active.policy, { ...provenance, path: snapshot.path, uri: snapshot.uri });
  if (exclusion) {
    return {
      kind: 'refusal',
      code: 'excluded',
      reason: `${snapshot.path} is excluded from Postern (${exclusion.rule}: ${exclusion.says}).`,
      steps: [exclusion],
    };
  }
  const { class: dataClass, steps } = classify(
    active.policy,
    { ...provenance, path: snapshot.path, uri: snapshot.uri, languageId: snapshot.languageId, findings: {} },
    task,
  );
  return make({ snapshot, class: dataClass, provenance, active, steps });
}

/**
 * Admits text that a person typed, such as a question or an instruction. It has the class of the repository
 * in front of which it was typed.
 */
export function admitTyped(text: string, provenance: Provenance, task: Task, active: ActivePolicy): Admitted | Refusal {
  return admit(
    { uri: 'postern:typed', path: '', folder: undefined, languageId: 'plaintext', version: 0, text },
    { remotes: provenance.remotes },
    task,
    active,
  );
}

function unreadableReason(text: string): Refusal | undefined {
  if (text.length > MAX_DOCUMENT)
    return { kind: 'refusal', code: 'too-large', reason: 'This file is too large for Postern.', steps: [] };
  if (text.includes('\u0000')) return { kind: 'refusal', code: 'binary', reason: 'This file is binary.', steps: [] };
  let lineStart = 0;
  while (lineStart <= text.length - MAX_LINE) {
    const end = text.indexOf('\n', lineStart);
    const lineEnd = end < 0 ? text.length : end;
    if (lineEnd - lineStart > MAX_LINE)
      return { kind: 'refusal', code: 'too-large', reason: 'A line of this file is too long for Postern.', steps: [] };
    if (end < 0) break;
    lineStart = end + 1;
  }
  return undefined;
}
