/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** Value of its `event:` field; empty when it had none. */
  readonly name: string;
  /** Its `data:` lines, joined by line feeds. */
  readonly payload: string;
}

export interface EventParser {
  /** Takes decoded text as it arrives and returns the events that it completed; `too-large` from the first event beyond the limit on. */
  push(text: string): readonly ServerSentEvent[] | 'too-large';
}

/** Longest event, in UTF-16 code units. An event is a few tokens with their envelope; a server beyond this has lost its mind. */
export const MAX_EVENT = 1_048_576;

/**
 * Parses an event stream as https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream says,
 * without `id` and `retry`, which only reconnecting clients need. It never holds more than `maxEvent` characters.
 */
export function createEventParser(maxEvent: number = MAX_EVENT): EventParser {
  let rest = '';
  let name = '';
  let payload: string[] = [];
  let size = 0;
  let begun = false;
  let broken = false;

  const takeLine = (line: string, events: ServerSentEvent[]) => {
    if (line === '') {
      if (payload.length > 0) events.push({ name, payload: payload.join('\n') });
      name = '';
      payload = [];
      size = 0;
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    if (field !== 'data') return;
    payload.push(value);
    size += value.length + 1;
  };

  return {
    push(text) {
      if (broken) return 'too-large';
      const events: ServerSentEvent[] = [];
      let buffer = rest + (begun ? text : text.replace(/^\uFEFF/, ''));
      begun ||= text.length > 0;
      for (let end = lineEnd(buffer); end !== undefined; end = lineEnd(buffer)) {
        takeLine(buffer.slice(0, end.start), events);
        buffer = buffer.slice(end.end);
      }
      rest = buffer;
      broken = rest.length + size > maxEvent;
      return broken && events.length === 0 ? 'too-large' : events;
    },
  };
}

/** The first line end: LF, CR or CRLF. A CR at the very end may be half of a CRLF, so it is not one yet. */
function lineEnd(text: string): { readonly start: number; readonly end: number } | undefined {
  const found = /\r\n|\n|\r(?!$)/.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
