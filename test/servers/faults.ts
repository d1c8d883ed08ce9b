import { pause, respond } from './recording-server.ts';
import type { Fault, Flow, ScriptedStream } from './script.ts';

/** Faults that any server over HTTP can have. Those of one protocol stand in vllm-faults.ts and bedrock-faults.ts. */

/** Waits before the first token, with the head of the answer already sent. */
export const slowFirstToken = (ms: number): Fault => at(0, (stream) => pause(ms, stream.exchange.gone));

/** Holds the whole request back, head included, as a gateway does while a pod starts. */
export const held = (ms: number): Fault => ({
  beforeHead: (exchange) => pause(ms, exchange.gone),
});

export const slowChunks = (ms: number): Fault => ({
  before: async (_index, stream): Promise<Flow> => {
    await pause(ms, stream.exchange.gone);
    return 'go on';
  },
});

/** Answers with any status and body. */
export const answers = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Fault => ({
  instead: (exchange) => respond(exchange, status, body, headers),
});

/** What an AWS load balancer sends when no target is healthy. */
export const unavailableHtml = (status: 502 | 503 | 504 = 503): Fault =>
  answers(
    status,
    `<html>\r\n<head><title>${status} Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>${status} Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n`,
    { 'content-type': 'text/html' },
  );

export const redirect = (location: string, status: 301 | 302 | 307 | 308 = 307): Fault =>
  answers(status, '', { location });

/** TCP reset after `chunks` content chunks; 0 means before the first token. */
export const resetAfter = (chunks: number): Fault =>
  ending(chunks, ({ exchange }) => {
    exchange.response.socket?.resetAndDestroy();
  });

/** TCP reset before even the head of an answer. */
export const resetAtOnce: Fault = {
  instead: ({ response }) => {
    response.socket?.resetAndDestroy();
  },
};

/** Ends the body cleanly after `chunks` content chunks, without what the protocol wants at its end. */
export const endAfter = (chunks: number): Fault =>
  ending(chunks, ({ exchange }) => {
    exchange.response.end();
  });

/** Sends nothing more after `chunks` content chunks and keeps the connection open. */
export const stallAfter = (chunks: number): Fault => ending(chunks, ({ exchange }) => pause(3_600_000, exchange.gone));

/** Every frame in pieces of `size` bytes, each a TCP segment of its own; 1 splits each UTF-8 sequence. */
export const segments = (size: number): Fault => ({
  encode: (frame) =>
    Array.from({ length: Math.ceil(frame.length / size) }, (_, index) =>
      frame.subarray(index * size, (index + 1) * size),
    ),
});

/** Does something before chunk number `index` and goes on. */
export function at(index: number, act: (stream: ScriptedStream) => Promise<void> | void): Fault {
  return {
    before: async (next, stream): Promise<Flow> => {
      if (next === index) await act(stream);
      return 'go on';
    },
  };
}

/** Does something after `chunks` content chunks, which is the end of the answer. */
export function ending(chunks: number, act: (stream: ScriptedStream) => Promise<void> | void): Fault {
  return {
    before: async (next, stream): Promise<Flow> => {
      if (next !== chunks) return 'go on';
      await act(stream);
      return 'end';
    },
  };
}
