/**
 * What vLLM's OpenAI server writes, as its `entrypoints/openai` defines it: error objects, stream chunks and whole
 * answers. Values only; nothing here does I/O.
 * https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */

export type Finish = 'stop' | 'length' | 'abort';

export interface Counted {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Only servers with --enable-prompt-tokens-details say it. */
  readonly cachedTokens?: number;
}

/** What is the same in each chunk of one answer. */
export interface AnswerHead {
  readonly kind: 'completion' | 'chat';
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** The name that a server gives to the reasoning field: `reasoning` since 0.12, `reasoning_content` before. */
export type ReasoningField = 'reasoning' | 'reasoning_content';

export const errorBody = (status: number, type: string, message: string, param: string | null = null) => ({
  error: { message, type, param, code: status },
});

/** The shape before vLLM 0.10. */
export const flatErrorBody = (status: number, type: string, message: string, param: string | null = null) => ({
  object: 'error',
  message,
  type,
  param,
  code: status,
});

export const unknownModel = (model: string) => `The model \`${model}\` does not exist.`;

export const tooLong = (most: number, prompt: number, answer: number) =>
  `This model's maximum context length is ${most} tokens. However, you requested ${prompt + answer} tokens (${prompt} in the messages, ${answer} in the completion). Please reduce the length of the messages or completion.`;

/** The chunk that opens a chat answer; completions have none. */
export const openingChunk = (head: AnswerHead) => chunk(head, { delta: { role: 'assistant', content: '' } }, null);

export const textChunk = (head: AnswerHead, text: string) =>
  chunk(head, head.kind === 'chat' ? { delta: { content: text } } : { text }, null);

export const reasoningChunk = (head: AnswerHead, field: ReasoningField, text: string) =>
  chunk(head, { delta: { [field]: text } }, null);

export const finishChunk = (head: AnswerHead, finish: Finish) =>
  chunk(head, head.kind === 'chat' ? { delta: { content: '' } } : { text: '' }, finish);

export const usageChunk = (head: AnswerHead, counted: Counted) => ({
  ...common(head, true),
  choices: [],
  usage: usage(counted),
});

export interface WholeAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly finish: Finish;
}

export function wholeBody(head: AnswerHead, answer: WholeAnswer, field: ReasoningField, counted: Counted) {
  const content =
    head.kind === 'completion'
      ? { text: answer.text }
      : {
          message: {
            role: 'assistant',
            content: answer.text,
            ...(answer.reasoning === '' ? {} : { [field]: answer.reasoning }),
            tool_calls: [],
          },
        };
  return {
    ...common(head, false),
    choices: [{ index: 0, ...content, logprobs: null, finish_reason: answer.finish, stop_reason: null }],
    usage: usage(counted),
  };
}

export const modelList = (models: readonly string[], maxModelLen: number, created: number) => ({
  object: 'list',
  data: models.map((id) => ({
    id,
    object: 'model',
    created,
    owned_by: 'vllm',
    root: id,
    parent: null,
    max_model_len: maxModelLen,
    permission: [],
  })),
});

/** One server-sent event. */
export const sse = (payload: unknown): Buffer => Buffer.from(`data: ${JSON.stringify(payload)}\n\n`);

export const SSE_DONE = Buffer.from('data: [DONE]\n\n');

const common = (head: AnswerHead, stream: boolean) => ({
  id: head.id,
  object: head.kind === 'completion' ? 'text_completion' : stream ? 'chat.completion.chunk' : 'chat.completion',
  created: head.created,
  model: head.model,
});

const chunk = (head: AnswerHead, content: object, finish: Finish | null) => ({
  ...common(head, true),
  choices: [{ index: 0, ...content, logprobs: null, finish_reason: finish, ...(finish ? { stop_reason: null } : {}) }],
});

const usage = ({ promptTokens, completionTokens, cachedTokens }: Counted) => ({
  prompt_tokens: promptTokens,
  total_tokens: promptTokens + completionTokens,
  completion_tokens: completionTokens,
  ...(cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: cachedTokens } }),
});
