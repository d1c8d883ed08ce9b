import type { AskedChunk, AskedPlace, Clock, Completion, Trigger } from '../../../src/core/completion/completion.ts';
import { type CompletionEngine, createCompletionEngine } from '../../../src/core/completion/engine.ts';

/** A clock that moves only when told to. */
function createManualClock(): Clock & { advance(milliseconds: number): Promise<void> } {
  let now = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    after: (milliseconds, signal) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + milliseconds, wake: resolve });
        signal.addEventListener('abort', () => resolve());
      }),
    async advance(milliseconds) {
      const until = now + milliseconds;
      await settle();
      for (;;) {
        const due = sleepers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
        if (!due) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== due);
        now = Math.max(now, due.at);
        due.wake();
        await settle();
      }
      now = until;
    },
  };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** What the model says where the prefix ends in a text: pieces, each after so many milliseconds; or it fails. */
export interface Saying {
  readonly after: string;
  readonly says: readonly (string | number | { readonly failed: true })[];
}

/** A person at an editor with one document, whose every keystroke asks the engine, as VS Code does. */
export interface Typist {
  /** Types a text one character at a time, with a pause after each; or the whole text as one key. */
  type(text: string, pause?: number): Promise<void>;
  key(text: string): void;
  back(count?: number): void;
  trigger(trigger: Trigger): void;
  accept(): void;
  dismiss(): void;
  wait(milliseconds: number): Promise<void>;
  /** The ghost text. */
  shown(): string | undefined;
  readonly engine: CompletionEngine;
  /** The end of each prefix that was asked about. */
  readonly asked: string[];
  /** Those of them that were aborted. */
  readonly aborted: string[];
  /** Documents of which more text was announced. */
  readonly extended: string[];
}

export function createTypist(
  sayings: readonly Saying[],
  document: { prefix: string; suffix?: string; languageId?: string },
): Typist {
  const clock = createManualClock();
  const { suffix = '\n', languageId = 'typescript' } = document;
  const uri = 'file:///a.ts';
  let prefix = document.prefix;
  let ghost: Completion | undefined;
  let caller = new AbortController();
  const asked: string[] = [];
  const aborted: string[] = [];
  const extended: string[] = [];
  async function* ask(place: AskedPlace, signal: AbortSignal): AsyncGenerator<AskedChunk> {
    asked.push(place.prefix.slice(-12));
    signal.addEventListener('abort', () => aborted.push(place.prefix.slice(-12)));
    const saying = sayings.find(({ after }) => place.prefix.endsWith(after));
    for (const piece of saying?.says ?? [100]) {
      if (typeof piece === 'number') await clock.after(piece, signal);
      else yield piece;
      if (signal.aborted) return;
    }
  }
  const engine = createCompletionEngine({ ask, clock, extended: (of) => extended.push(of) });
  const stateOf = (trigger: Trigger) => ({ uri, languageId, prefix, suffix, trigger });
  const trigger = (why: Trigger): void => {
    caller.abort();
    const mine = new AbortController();
    caller = mine;
    ghost = undefined;
    void engine.complete(stateOf(why), mine.signal).then((completion) => {
      if (caller === mine) ghost = completion;
    });
  };
  const key = (text: string): void => {
    prefix += text;
    trigger('typed');
  };
  return {
    engine,
    asked,
    aborted,
    extended,
    key,
    trigger,
    async type(text, pause = 100) {
      for (const character of text) {
        key(character);
        await clock.advance(pause);
      }
    },
    back(count = 1) {
      prefix = prefix.slice(0, -count);
      trigger('deleted');
    },
    accept() {
      const text = ghost?.text ?? '';
      engine.accepted(stateOf('typed'), text);
      prefix += text;
      trigger('accepted');
    },
    dismiss() {
      engine.dismissed(stateOf('typed'));
      ghost = undefined;
    },
    wait: (milliseconds) => clock.advance(milliseconds),
    shown: () => ghost?.text,
  };
}
