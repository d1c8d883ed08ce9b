import type { Pulse } from '../core/provider/answer-reader.ts';
import type { StreamEvent } from '../core/provider/provider.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';

/** Rings once after so many milliseconds; the returned function calls it off. Injected, so that deadlines can be replayed. */
export type Alarm = (ms: number, ring: () => void) => () => void;

export const systemAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, ms);
  return () => clearTimeout(timer);
};

export interface Guard {
  readonly endpointId: string;
  readonly limits: { readonly firstTokenMs: number; readonly stallMs: number };
  readonly alarm: Alarm;
  /** What an exception of the transport means. */
  readonly failure: (cause: unknown) => ProviderError;
}

/** Limits where policy names none; the same as the schema's defaults. */
export const DEFAULT_LIMITS = { firstTokenMs: 20_000, stallMs: 15_000 } as const;

type Interruption = 'aborted' | 'deadline' | 'stalled';

/**
 * Keeps the contract of `Provider.stream` around code that may throw, hang or end too early. `open` yields the events of
 * one answer and stops when its signal aborts; its last event is `end` or `error`.
 *
 * The first `text` or `reasoning` must come within `firstTokenMs`, each later event or pulse within `stallMs`. The clock
 * stands still while the consumer is busy. On any way out that is not a whole answer the signal given to `open` aborts,
 * which closes the socket.
 */
export async function* guarded(
  open: (signal: AbortSignal) => AsyncIterator<StreamEvent | Pulse>,
  guard: Guard,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void> {
  if (signal.aborted) {
    yield { type: 'end', reason: 'aborted' };
    return;
  }
  const closing = new AbortController();
  const watch = createWatch(guard, signal);
  let textSeen = false;
  let whole = false;
  try {
    const events = open(closing.signal);
    for (;;) {
      const next = await watch.next(events.next());
      if (typeof next === 'string') {
        closing.abort();
        yield interrupted(next, textSeen, guard);
        return;
      }
      if (next.done) return yield incomplete(guard);
      const event = next.value;
      if (event.type === 'pulse') continue;
      textSeen ||= event.type === 'text';
      whole = event.type === 'end';
      yield event;
      if (whole || event.type === 'error') return;
    }
  } catch (cause) {
    yield signal.aborted ? { type: 'end', reason: 'aborted' } : broken(cause, textSeen, guard);
  } finally {
    watch.close();
    if (!whole) closing.abort();
  }
}

interface Watch {
  next<T extends IteratorResult<StreamEvent | Pulse>>(step: Promise<T>): Promise<T | Interruption>;
  close(): void;
}

/** Waits for the next event, the caller's signal or a deadline, whichever is first. */
function createWatch(guard: Guard, signal: AbortSignal): Watch {
  let interrupt: (why: Interruption) => void = () => {};
  const interruption = new Promise<Interruption>((resolve) => {
    interrupt = resolve;
  });
  const onAbort = () => interrupt('aborted');
  signal.addEventListener('abort', onAbort, { once: true });
  let callOff: (() => void) | undefined = guard.alarm(guard.limits.firstTokenMs, () => interrupt('deadline'));
  let begun = false;
  return {
    async next(step) {
      if (begun) callOff = guard.alarm(guard.limits.stallMs, () => interrupt('stalled'));
      const outcome = await Promise.race([step, interruption]);
      if (typeof outcome === 'string') return outcome;
      if (begun || showsLife(outcome.value)) {
        begun = true;
        callOff?.();
      }
      return outcome;
    },
    close() {
      signal.removeEventListener('abort', onAbort);
      callOff?.();
    },
  };
}

/** `value` is undefined when the iterator is done. */
const showsLife = (event: StreamEvent | Pulse | undefined): boolean => event !== undefined && event.type !== 'usage';

function interrupted(why: Interruption, textSeen: boolean, guard: Guard): StreamEvent {
  if (why === 'aborted') return { type: 'end', reason: 'aborted' };
  if (textSeen) return { type: 'end', reason: 'cut' };
  const { firstTokenMs, stallMs } = guard.limits;
  const detail =
    why === 'deadline' ? `no answer within ${seconds(firstTokenMs)}` : `nothing came for ${seconds(stallMs)}`;
  return { type: 'error', error: { kind: why, endpointId: guard.endpointId, detail } };
}

const broken = (cause: unknown, textSeen: boolean, guard: Guard): StreamEvent =>
  textSeen ? { type: 'end', reason: 'cut' } : { type: 'error', error: guard.failure(cause) };

const incomplete = ({ endpointId }: Guard): StreamEvent => ({
  type: 'error',
  error: { kind: 'protocol', endpointId, detail: 'the answer ended without saying how' },
});

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
