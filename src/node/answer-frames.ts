import { createEventParser, MAX_EVENT } from '../core/provider/server-sent-events.ts';
import type { Alarm } from './guarded-stream.ts';
import { firstBytes } from './pinned-fetch.ts';

/** Longest answer in one piece that is read, in bytes. */
const MAX_WHOLE_ANSWER = 8_388_608;

/** Why a body could not be read as frames, in words. */
export type FrameProblem = string;

/**
 * The payloads of an answer, as its content type frames them: server-sent events up to `[DONE]`, a JSON object a line, or
 * one JSON document, which some servers send although a stream was asked for. Never holds more than one frame and
 * returns what is wrong when a frame is too long or the content is none of these.
 */
export async function* answerFrames(
  response: Response,
  alarm: Alarm,
): AsyncGenerator<string, FrameProblem | undefined> {
  const contentType = response.headers.get('content-type') ?? '';
  if (/\bjson\b/.test(contentType)) {
    yield new TextDecoder().decode(await firstBytes(response, MAX_WHOLE_ANSWER));
    return undefined;
  }
  if (contentType.includes('ndjson')) return yield* streamed(response, jsonLines(), alarm);
  if (contentType === '' || contentType.includes('text/event-stream'))
    return yield* streamed(response, eventPayloads(), alarm);
  await response.body?.cancel();
  return 'the server answered with something else than a stream or JSON';
}

/** Takes decoded text and returns the payloads that it completed; `undefined` among them ends the answer. */
type Framing = (text: string) => readonly (string | undefined)[] | 'too-large';

async function* streamed(
  response: Response,
  framing: Framing,
  alarm: Alarm,
): AsyncGenerator<string, FrameProblem | undefined> {
  const bytes = response.body?.getReader();
  const decoder = new TextDecoder();
  for (let done = bytes === undefined; bytes && !done; ) {
    const piece = await bytes.read();
    done = piece.done;
    const payloads = framing(piece.done ? decoder.decode() : decoder.decode(piece.value, { stream: true }));
    if (payloads === 'too-large') {
      await bytes.cancel();
      return 'the server sent an event that is too long';
    }
    for (const payload of payloads) {
      if (payload !== undefined) {
        yield payload;
        continue;
      }
      if (!done) leave(bytes, alarm);
      return undefined;
    }
  }
  return undefined;
}

function eventPayloads(): Framing {
  const parser = createEventParser();
  return (text) => {
    const events = parser.push(text);
    return events === 'too-large' ? events : events.map(({ payload }) => (payload === '[DONE]' ? undefined : payload));
  };
}

function jsonLines(): Framing {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_EVENT) return 'too-large';
    return lines.filter((line) => line.trim() !== '');
  };
}

/** Lets the last bytes of a finished answer arrive, so that its connection can serve the next request. */
function leave(bytes: ReadableStreamDefaultReader<Uint8Array>, alarm: Alarm): void {
  const giveUp = () => void bytes.cancel().catch(() => undefined);
  const callOff = alarm(1000, giveUp);
  const drain = async () => {
    while (!(await bytes.read()).done);
  };
  // The answer is whole already: a connection that breaks now is simply not used again.
  void drain().catch(giveUp).finally(callOff);
}
