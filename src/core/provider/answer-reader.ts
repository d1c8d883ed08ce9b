import type { StreamEvent } from './provider.ts';

/** The answer moved on without anything to show yet. */
export interface Pulse {
  readonly type: 'pulse';
}

/** Turns the payloads of one protocol into events. One reader reads one answer. */
export interface AnswerReader {
  /** Takes one payload of a stream, or a whole answer. An `error` among the events is the last one of all. */
  read(payload: string): readonly (StreamEvent | Pulse)[];
  /** What remains to be said when the answer is over; the last event is `end` or `error`. */
  close(): readonly StreamEvent[];
}

/** A payload as an object; undefined when it is no JSON object. */
export function parsedObject(payload: string): object | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The last event of an answer whose connection closed before a finish reason came. */
export const unfinished = (endpointId: string, began: boolean): StreamEvent =>
  began
    ? { type: 'end', reason: 'cut' }
    : {
        type: 'error',
        error: { kind: 'server', endpointId, detail: 'the server closed the connection without an answer' },
      };

export const notJson = (endpointId: string): StreamEvent => ({
  type: 'error',
  error: { kind: 'protocol', endpointId, detail: 'the server sent an event that is no JSON object' },
});

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** A text with something in it. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
