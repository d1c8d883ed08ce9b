import type { AskedChunk, AskedPlace, Clock, Trigger } from '../core/completion/completion.ts';
import { type CompletionEngine, createCompletionEngine } from '../core/completion/engine.ts';

/** What `typing_replay.mjs` gives at each key. */
interface ReplayState {
  readonly language: string;
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
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

let model: Model | undefined;
let engine: CompletionEngine | undefined;

/** A new trace: the engine forgets everything. */
export function reset(): void {
  engine?.dispose();
  engine = undefined;
}

/** The engine of the extension, driven by the replay. */
export async function complete(state: ReplayState, ask: Model): Promise<{ text: string } | undefined> {
  model = ask;
  engine ??= createCompletionEngine({ ask: askModel, clock });
  const completion = await engine.complete(
    {
      uri: state.path,
      languageId: state.language,
      prefix: state.prefix,
      suffix: state.suffix,
      trigger: triggers[state.trigger],
    },
    state.signal,
  );
  return completion && { text: completion.text };
}

async function* askModel(place: AskedPlace, signal: AbortSignal): AsyncGenerator<AskedChunk> {
  try {
    if (model) yield await model({ prefix: place.prefix, suffix: place.suffix, signal });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    yield { failed: true };
  }
}
