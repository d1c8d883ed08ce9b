import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { Pulse } from '../core/provider/answer-reader.ts';
import type { StopReason, StreamEvent } from '../core/provider/provider.ts';
import { createThinkingSplitter } from '../core/provider/thinking.ts';

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'guardrail',
  content_filtered: 'guardrail',
};

export interface ConverseReader {
  read(event: ConverseStreamOutput): readonly (StreamEvent | Pulse)[];
  close(): readonly StreamEvent[];
}

/** Reads the events of ConverseStream. The answer is whole when messageStop and metadata were both seen. */
export function createConverseReader(endpointId: string, reasoning: boolean): ConverseReader {
  const splitter = createThinkingSplitter({ opened: reasoning });
  let stopReason: string | undefined;
  let complete = false;
  let began = false;
  return {
    read(event) {
      const delta = event.contentBlockDelta?.delta;
      if (delta?.reasoningContent?.text) {
        splitter.toldApart();
        return [{ type: 'reasoning', text: delta.reasoningContent.text }];
      }
      if (delta?.text) {
        began = true;
        const pieces = splitter.push(delta.text);
        return pieces.length > 0 ? pieces : [{ type: 'pulse' }];
      }
      stopReason = event.messageStop?.stopReason ?? stopReason;
      const usage = event.metadata?.usage;
      if (!event.metadata) return [];
      complete = true;
      const { inputTokens = 0, outputTokens = 0, cacheReadInputTokens } = usage ?? {};
      const cached = cacheReadInputTokens === undefined ? {} : { cachedTokens: cacheReadInputTokens };
      return [{ type: 'usage', usage: { inputTokens, outputTokens, ...cached } }];
    },
    close() {
      const rest = splitter.end();
      if (stopReason !== undefined && complete)
        return [...rest, { type: 'end', reason: STOP_REASONS[stopReason] ?? 'cut' }];
      if (began) return [...rest, { type: 'end', reason: 'cut' }];
      return [{ type: 'error', error: { kind: 'server', endpointId, detail: 'the service ended without an answer' } }];
    },
  };
}
