import { errorAnswer, exceptionFrame, textDelta } from './bedrock-wire.ts';
import { at, ending } from './faults.ts';
import { respond } from './recording-server.ts';
import type { Fault } from './script.ts';

/** Faults of the Bedrock runtime. Those of any HTTP server stand in faults.ts. */

/** Errors of ConverseStream with their statuses, as its API reference lists them, and two of the authentication in front. */
export const bedrockErrors = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  UnrecognizedClientException: 403,
  ValidationException: 400,
} as const;
export type BedrockErrorName = keyof typeof bedrockErrors;

/** An error before the stream. */
export const throws = (name: BedrockErrorName, message: string): Fault => ({
  instead: (exchange) => {
    const { status, body, headers } = errorAnswer({ status: bedrockErrors[name], name, message });
    respond(exchange, status, body, headers);
  },
});

/** An exception inside the stream after `chunks` chunks; `type` such as `throttlingException`. */
export const throwsInStream = (chunks: number, type: string, message: string): Fault =>
  ending(chunks, async (stream) => {
    await stream.write(exceptionFrame(type, message));
    stream.exchange.response.end();
  });

/** A frame with one wrong bit, before chunk number `index`. */
export const wrongCrc = (index: number): Fault =>
  at(index, async (stream) => {
    const frame = textDelta('damaged on the way');
    const middle = frame.length - 20;
    frame.writeUInt8(frame.readUInt8(middle) ^ 1, middle);
    await stream.write(frame);
  });

/** Half a frame after `chunks` chunks, then the end of the body. */
export const truncatedFrame = (chunks: number): Fault =>
  ending(chunks, async (stream) => {
    const frame = textDelta('this frame never ends');
    await stream.write(frame.subarray(0, frame.length - 12));
    stream.exchange.response.end();
  });
