import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import type { AwsError } from './sigv4.ts';

/**
 * What the Bedrock runtime writes for Converse and ConverseStream.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */

export interface BedrockUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheWriteInputTokens?: number;
}

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** One frame of `application/vnd.amazon.eventstream`: prelude, headers, JSON body and both CRCs. */
function eventFrame(type: string, body: object): Buffer {
  return frame({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, body);
}

/** An exception inside the stream; `type` is the member of the stream's union, such as `throttlingException`. */
export function exceptionFrame(type: string, message: string): Buffer {
  const headers = { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' };
  return frame(headers, { message });
}

function frame(headers: Readonly<Record<string, string>>, body: object): Buffer {
  return Buffer.from(
    codec.encode({
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]),
      ),
      body: fromUtf8(JSON.stringify(body)),
    }),
  );
}

// Bedrock pads each event to a random length with a field `p`, against guessing content from sizes.
const padded = <T extends object>(body: T) => ({ ...body, p: 'abcdefghijklm' });

export const messageStart = () => eventFrame('messageStart', padded({ role: 'assistant' }));

export const textDelta = (text: string) =>
  eventFrame('contentBlockDelta', padded({ contentBlockIndex: 0, delta: { text } }));

export const reasoningDelta = (text: string) =>
  eventFrame('contentBlockDelta', padded({ contentBlockIndex: 0, delta: { reasoningContent: { text } } }));

export const blockStop = () => eventFrame('contentBlockStop', padded({ contentBlockIndex: 0 }));

export const messageStop = (stopReason: string) => eventFrame('messageStop', padded({ stopReason }));

export const metadata = (usage: BedrockUsage) =>
  eventFrame('metadata', padded({ metrics: { latencyMs: 42 }, usage: total(usage) }));

export const converseBody = (text: string, stopReason: string, usage: BedrockUsage) => ({
  metrics: { latencyMs: 42 },
  output: { message: { role: 'assistant', content: [{ text }] } },
  stopReason,
  usage: total(usage),
});

/** An error answer: status, body and the header that names it. */
export const errorAnswer = ({ status, name, message }: AwsError) => ({
  status,
  body: { message },
  headers: {
    'content-type': 'application/json',
    'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
  },
});

const total = (usage: BedrockUsage) => ({ ...usage, totalTokens: usage.inputTokens + usage.outputTokens });
