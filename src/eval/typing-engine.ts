import { createHmac } from 'node:crypto';
import { admit } from '../core/admission/admit.ts';
import type { AskedChunk, AskedPlace, Clock, CompletionState, Trigger } from '../core/completion/completion.ts';
import { type CompletionEngine, createCompletionEngine } from '../core/completion/engine.ts';
import { builtinPolicy } from '../core/policy/builtin.ts';
import type { ActivePolicy } from '../core/policy/decision.ts';
import { REDACTION_BUDGET_MS, redact } from '../core/redaction/redact.ts';
import { createScanCache } from '../core/redaction/scan-cache.ts';
import { createVault } from '../core/redaction/vault.ts';

/** What `typing_replay.mjs` gives at each key. */
interface ReplayState {
  readonly language: string;
  readonly path: string;
  readonly prefix: string;
  readonly document: string;
  readonly trigger: 'type' | 'delete' | 'accept' | 'move';
  readonly signal: AbortSignal;
}

type Model = (request: {
  readonly prefix: string;
  readonly suffix: string;
  readonly signal: AbortSignal;
}) => Promise<string>;

const triggers: Readonly<Record<ReplayState['trigger'], Trigger>> = {
  type: 'typed',
  delete: 'deleted',
  accept: 'accepted',
  move: 'moved',
};

const active: ActivePolicy = { policy: builtinPolicy, origin: 'built-in', hash: 'built-in' };
const cache = createScanCache();

/** The replay puts a clock of its own into the globals, so they are read at each call. */
const clock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

let vault = createVault(keyedHash);
let model: Model | undefined;
let engine: CompletionEngine | undefined;

/** A new trace: everything is forgotten. */
export function reset(): void {
  engine?.dispose();
  engine = undefined;
  vault = createVault(keyedHash);
}

/** The engine of the extension, driven by the replay. */
export async function complete(replayed: ReplayState, ask: Model): Promise<{ text: string } | undefined> {
  model = ask;
  engine ??= createCompletionEngine({ ask: askModel, clock });
  const state = read(replayed);
  const completion = state && (await engine.complete(state, replayed.signal));
  return completion && { text: completion.text };
}

/** The state of a key, through policy and redaction as in the editor; undefined where nothing may be asked. */
function read({ path, language, document, prefix, trigger }: ReplayState): CompletionState | undefined {
  const snapshot = {
    uri: `replay:${path}`,
    path,
    folder: 'replay:',
    languageId: language,
    version: 0,
    text: document,
  };
  const admitted = admit(snapshot, { remotes: [] }, 'completion', active);
  if ('kind' in admitted) return undefined;
  const redaction = { vault, task: 'completion', now: clock.now, budgetMs: REDACTION_BUDGET_MS, cache } as const;
  const redacted = redact(admitted, redaction);
  if ('kind' in redacted) return undefined;
  const offset = redacted.offsetOf(prefix.length);
  if (offset === undefined) return undefined;
  const { uri, languageId, text } = redacted;
  return {
    uri,
    languageId,
    prefix: text.text.slice(0, offset),
    suffix: text.text.slice(offset),
    trigger: triggers[trigger],
  };
}

async function* askModel(place: AskedPlace, signal: AbortSignal): AsyncGenerator<AskedChunk> {
  try {
    if (model) yield await model({ prefix: place.prefix, suffix: place.suffix, signal });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    yield { failed: true };
  }
}

function keyedHash(text: string): string {
  return createHmac('sha256', 'replay').update(text).digest('hex');
}
