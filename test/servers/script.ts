import type { Exchange, RecordedRequest } from './recording-server.ts';

/**
 * What a test tells a protocol server to answer: text or chunks, and faults. A fault is one small object of hooks; a
 * new row of the fault table is one more function that returns such an object.
 */
export interface Answer {
  /** The whole answer; the server cuts it into tokens, a chunk each. */
  readonly text?: string;
  /** The answer in exactly these chunks, instead of `text`. */
  readonly chunks?: readonly string[];
  /** What the model thinks before it answers, in chunks. */
  readonly reasoning?: readonly string[];
  readonly faults?: readonly Fault[];
}

export interface Fault {
  /** Answers instead of the model. */
  readonly instead?: (exchange: Exchange) => Promise<void> | void;
  /** Runs before the head of a streamed answer is sent. */
  readonly beforeHead?: (exchange: Exchange) => Promise<void>;
  /** Runs before the content chunk number `index`, and once more with the number of chunks before the end. `end` stops the answer there. */
  readonly before?: (index: number, stream: ScriptedStream) => Promise<Flow> | Flow;
  /** Rewrites the bytes of one frame into the pieces that are written one after another. */
  readonly encode?: (frame: Buffer) => readonly Buffer[];
}

export type Flow = 'go on' | 'end';

/** What a fault may do to a stream that is under way. */
export interface ScriptedStream {
  readonly exchange: Exchange;
  /** Number of content chunks in the whole answer. */
  readonly chunks: number;
  /** Writes bytes as they are, outside the protocol. */
  write(bytes: Buffer | string): Promise<void>;
}

/** One answer for every request, a queue of one an answer, or a function of the request. */
export type Script<A extends Answer> = A | readonly A[] | ((request: RecordedRequest) => A | Promise<A>);

/** The next answer of a script. Throws when a queue has run dry: a test must say what is answered. */
export function createScriptReader<A extends Answer>(script: Script<A>): (request: RecordedRequest) => A | Promise<A> {
  if (typeof script === 'function') return script;
  if (!isQueue(script)) return () => script;
  const left = [...script];
  return (request) => {
    const next = left.shift();
    if (!next) throw new Error(`the script has no answer left for ${request.method} ${request.path}`);
    return next;
  };
}

const isQueue = <A extends Answer>(script: A | readonly A[]): script is readonly A[] => Array.isArray(script);

/** Writes frames to a client, through the faults of an answer. */
export interface FrameWriter {
  frame(bytes: Buffer): Promise<void>;
  raw(bytes: Buffer | string): Promise<void>;
}

export function createFrameWriter(exchange: Exchange, faults: readonly Fault[]): FrameWriter {
  const write = async (bytes: Buffer | string) => {
    if (exchange.gone.aborted) return;
    await new Promise<void>((resolve) => {
      exchange.gone.addEventListener('abort', () => resolve(), { once: true });
      exchange.response.write(bytes, () => resolve());
    });
  };
  return {
    raw: write,
    async frame(bytes) {
      const pieces = faults.reduce<readonly Buffer[]>(
        (all, fault) => (fault.encode ? all.flatMap((piece) => [...(fault.encode?.(piece) ?? [])]) : all),
        [bytes],
      );
      for (const [index, piece] of pieces.entries()) {
        // A turn of the event loop between two writes makes two TCP segments of them.
        if (index > 0) await new Promise(setImmediate);
        await write(piece);
      }
    },
  };
}

/** Runs the hooks before chunk number `index`. */
export async function runBefore(faults: readonly Fault[], index: number, stream: ScriptedStream): Promise<Flow> {
  for (const fault of faults) {
    if (stream.exchange.gone.aborted) return 'end';
    if (fault.before && (await fault.before(index, stream)) === 'end') return 'end';
  }
  return stream.exchange.gone.aborted ? 'end' : 'go on';
}
