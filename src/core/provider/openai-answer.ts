import {
  type AnswerReader,
  isObject,
  notJson,
  numberOf,
  type Pulse,
  parsedObject,
  textOf,
  unfinished,
} from './answer-reader.ts';
import { httpError } from './http-failure.ts';
import type { StopReason, StreamEvent, TokenUsage } from './provider.ts';
import type { ProviderError } from './provider-error.ts';
import { createThinkingSplitter, type Piece } from './thinking.ts';

export interface AnswerReading {
  readonly endpointId: string;
  /** Whether thoughts can stand inside the content: in chat answers, never in completions. */
  readonly chat: boolean;
  /** Whether policy says that the model reasons. */
  readonly reasoning: boolean;
}

/**
 * Reads an answer of an OpenAI-compatible server. It is a success only when a finish reason was seen and no error object:
 * an error can come inside a stream of status 200 and be followed by `[DONE]`, and a stream that merely closes is cut.
 */
export function createAnswerReader(reading: AnswerReading): AnswerReader {
  const { endpointId } = reading;
  let finish: string | undefined;
  let usage: TokenUsage | undefined;
  let began = false;
  const splitter = reading.chat ? createThinkingSplitter({ opened: reading.reasoning }) : undefined;

  const shown = (pieces: readonly Piece[]): readonly (StreamEvent | Pulse)[] => {
    began ||= pieces.some((piece) => piece.type === 'text');
    return pieces.length > 0 ? pieces : [{ type: 'pulse' }];
  };

  const failed = (event: StreamEvent): readonly StreamEvent[] => [...(splitter?.end() ?? []), event];

  return {
    read(payload) {
      const chunk: Chunk | undefined = parsedObject(payload);
      if (!chunk) return failed(notJson(endpointId));
      if (chunk.error != null) return failed({ type: 'error', error: errorInStream(chunk.error, endpointId) });
      usage = usageOf(chunk.usage) ?? usage;
      const choice = firstChoice(chunk);
      if (!choice) return [];
      finish = textOf(choice.finish_reason) ?? finish;
      const content = choice.delta ?? choice.message ?? choice;
      const events: (StreamEvent | Pulse)[] = [];
      const thought = textOf(content.reasoning) ?? textOf(content.reasoning_content);
      if (thought !== undefined) {
        splitter?.toldApart();
        events.push({ type: 'reasoning', text: thought });
      }
      const text = textOf(content.content) ?? textOf(content.text);
      if (text !== undefined) events.push(...shown(splitter ? splitter.push(text) : [{ type: 'text', text }]));
      return events;
    },
    close() {
      const events: StreamEvent[] = [...(splitter?.end() ?? [])];
      began ||= events.some((event) => event.type === 'text');
      if (usage) events.push({ type: 'usage', usage });
      events.push(
        finish === undefined ? unfinished(endpointId, began) : { type: 'end', reason: REASONS[finish] ?? 'stop' },
      );
      return events;
    },
  };
}

/** Finish reasons of vLLM and OpenAI. `abort` is vLLM's for a request that its engine dropped. */
const REASONS: Readonly<Record<string, StopReason>> = {
  stop: 'stop',
  tool_calls: 'stop',
  length: 'length',
  abort: 'cut',
  error: 'cut',
  content_filter: 'guardrail',
};

interface Chunk {
  readonly error?: unknown;
  readonly usage?: unknown;
  readonly choices?: unknown;
}

interface Content {
  readonly content?: unknown;
  readonly text?: unknown;
  readonly reasoning?: unknown;
  readonly reasoning_content?: unknown;
}

interface Choice extends Content {
  readonly delta?: Content;
  readonly message?: Content;
  readonly finish_reason?: unknown;
}

function firstChoice(chunk: Chunk): Choice | undefined {
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  return isObject(choice) ? choice : undefined;
}

/** The status of an error inside a stream stands in its `code`, where it has one. */
function errorInStream(error: unknown, endpointId: string): ProviderError {
  const code: unknown = isObject(error) ? Reflect.get(error, 'code') : undefined;
  const status = Number.isInteger(Number(code)) && Number(code) >= 400 && Number(code) < 600 ? Number(code) : 500;
  return httpError({ status, contentType: '', body: error, retryAfter: undefined, now: 0 }, endpointId);
}

function usageOf(value: unknown): TokenUsage | undefined {
  if (!isObject(value)) return undefined;
  const details: unknown = Reflect.get(value, 'prompt_tokens_details');
  const cached = isObject(details) ? numberOf(Reflect.get(details, 'cached_tokens')) : undefined;
  return {
    inputTokens: numberOf(Reflect.get(value, 'prompt_tokens')) ?? 0,
    outputTokens: numberOf(Reflect.get(value, 'completion_tokens')) ?? 0,
    ...(cached === undefined ? {} : { cachedTokens: cached }),
  };
}
