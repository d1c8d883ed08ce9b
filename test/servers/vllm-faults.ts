import { at, ending } from './faults.ts';
import { respond } from './recording-server.ts';
import type { Fault } from './script.ts';
import { errorBody, flatErrorBody, SSE_DONE, sse } from './vllm-wire.ts';

/** Faults of server-sent events and of vLLM. Those of any HTTP server stand in faults.ts. */

/** Line ends as some proxies write them. */
export const crlf: Fault = { encode: (frame) => [Buffer.from(frame.toString('utf8').replaceAll('\n', '\r\n'))] };

/** A comment before each event, as proxies send to keep a connection open. */
export const comments: Fault = { encode: (frame) => [Buffer.concat([Buffer.from(': keep-alive\n\n:\n'), frame])] };

/** Each JSON payload over several `data:` lines, which the standard joins by line feeds; with other fields between them. */
export const multiLineEvents: Fault = {
  encode: (frame) => {
    const payload = frame.toString('utf8').slice('data: '.length).trimEnd();
    if (!payload.startsWith('{')) return [frame];
    const lines = JSON.stringify(JSON.parse(payload), null, 1).split('\n');
    return [Buffer.from(`id: 1\nretry: 3000\n${lines.map((line) => `data:${line}\n`).join('')}\n`)];
  },
};

/** An error object inside a 200 stream after `chunks` chunks, followed by `[DONE]`, as when the engine dies. */
export const errorEvent = (chunks: number, message: string, type = 'InternalServerError', status = 500): Fault =>
  ending(chunks, async (stream) => {
    await stream.write(sse(errorBody(status, type, message)));
    await stream.write(SSE_DONE);
    stream.exchange.response.end();
  });

/** `[DONE]` after `chunks` chunks without a finish reason. */
export const doneWithoutFinish = (chunks: number): Fault =>
  ending(chunks, async (stream) => {
    await stream.write(SSE_DONE);
    stream.exchange.response.end();
  });

/** An event that is no JSON, before chunk number `index`. */
export const malformedEvent = (index: number): Fault =>
  at(index, (stream) => stream.write('data: {"choices": [{"text": "half\n\n'));

/** One line of `bytes` bytes without an end, before chunk number `index`. */
export const endlessLine = (index: number, bytes: number): Fault =>
  at(index, async (stream) => {
    const block = Buffer.alloc(64 * 1024, 'x');
    await stream.write('data: "');
    for (let left = bytes; left > 0 && !stream.exchange.gone.aborted; left -= block.length) {
      await stream.write(block.subarray(0, Math.min(left, block.length)));
    }
  });

/** An error as vLLM answers it, in its newer or its older shape. */
export const refuses = (status: number, type: string, message: string, shape: 'nested' | 'flat' = 'nested'): Fault => ({
  instead: (exchange) =>
    respond(exchange, status, (shape === 'nested' ? errorBody : flatErrorBody)(status, type, message)),
});

/** 429, with the seconds that a client should wait when given. */
export const rateLimited = (seconds?: number): Fault => ({
  instead: (exchange) =>
    respond(
      exchange,
      429,
      errorBody(429, 'RateLimitError', 'Too many requests.'),
      seconds === undefined ? {} : { 'retry-after': String(seconds) },
    ),
});
