import type { StopReason, StreamEvent, TokenUsage } from '../../src/core/provider/provider.ts';
import type { ProviderError } from '../../src/core/provider/provider-error.ts';

/** A whole stream in one value. */
export interface Collected {
  readonly text: string;
  readonly reasoning: string;
  readonly usage: TokenUsage | undefined;
  /** Of the last event. */
  readonly end: StopReason | undefined;
  readonly error: ProviderError | undefined;
}

/** Reads a stream to its end and checks the contract of providers on the way: exactly one last event, nothing after it. */
export async function collect(
  stream: AsyncIterable<StreamEvent>,
  onEvent: (event: StreamEvent) => void = () => {},
): Promise<Collected> {
  let text = '';
  let reasoning = '';
  let usage: TokenUsage | undefined;
  let last: StreamEvent | undefined;
  for await (const event of stream) {
    if (last?.type === 'end' || last?.type === 'error') throw new Error(`${event.type} came after ${last.type}`);
    if (event.type === 'text') text += event.text;
    if (event.type === 'reasoning') reasoning += event.text;
    if (event.type === 'usage') usage = event.usage;
    last = event;
    onEvent(event);
  }
  if (last?.type !== 'end' && last?.type !== 'error') throw new Error('a stream without a last event');
  return {
    text,
    reasoning,
    usage,
    end: last.type === 'end' ? last.reason : undefined,
    error: last.type === 'error' ? last.error : undefined,
  };
}
