import { type AnswerReader, notJson, numberOf, parsedObject, textOf, unfinished } from './answer-reader.ts';
import { httpError } from './http-failure.ts';
import type { StopReason, StreamEvent, TokenUsage } from './provider.ts';

/**
 * Reads an answer of Ollama's `/api/generate`: one JSON object a line, the last one with `done`.
 * https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-completion
 */
export function createGenerateReader(endpointId: string): AnswerReader {
  let reason: StopReason | undefined;
  let usage: TokenUsage | undefined;
  let began = false;
  return {
    read(payload) {
      const chunk: Chunk | undefined = parsedObject(payload);
      if (!chunk) return [notJson(endpointId)];
      if (chunk.error != null) {
        const failure = { status: 500, contentType: '', body: chunk.error, retryAfter: undefined, now: 0 };
        return [{ type: 'error', error: httpError(failure, endpointId) }];
      }
      if (chunk.done === true) {
        reason = REASONS[String(chunk.done_reason)] ?? 'stop';
        usage = {
          inputTokens: numberOf(chunk.prompt_eval_count) ?? 0,
          outputTokens: numberOf(chunk.eval_count) ?? 0,
        };
      }
      const text = textOf(chunk.response);
      if (text === undefined) return [];
      began = true;
      return [{ type: 'text', text }];
    },
    close() {
      const end: StreamEvent = reason === undefined ? unfinished(endpointId, began) : { type: 'end', reason };
      return usage ? [{ type: 'usage', usage }, end] : [end];
    },
  };
}

interface Chunk {
  readonly error?: unknown;
  readonly response?: unknown;
  readonly done?: unknown;
  readonly done_reason?: unknown;
  readonly prompt_eval_count?: unknown;
  readonly eval_count?: unknown;
}

/** `load` and `unload` are answers to prompts that ask for nothing. */
const REASONS: Readonly<Record<string, StopReason>> = { stop: 'stop', length: 'length', load: 'cut', unload: 'cut' };
