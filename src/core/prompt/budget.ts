/**
 * Tokens that a text will take at most, without the model's tokenizer: a third of its ASCII characters and every other
 * character. Code measures 3.2 to 4.2 ASCII characters a token on the vocabularies of Qwen2.5, Llama 3 and DeepSeek,
 * so the estimate errs towards a prompt that fits.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) wide++;
  return Math.ceil((text.length - wide) / 3) + wide;
}

/** Characters of code that surely fit into a number of tokens. */
export const charactersIn = (tokens: number): number => Math.max(0, Math.floor(tokens * 3));

/** Context length in tokens where policy names none: what every model of the last years has. */
export const DEFAULT_CONTEXT = 8192;

/** Kept free for the template, the server's own tokens and what the estimate may be off by. */
const MARGIN = 128;

/** Tokens that a prompt may take when the answer may take `answer`. Never negative. */
export function promptTokens(context: number | undefined, answer: number): number {
  return Math.max(0, (context ?? DEFAULT_CONTEXT) - answer - MARGIN);
}
