import type { Place } from './place.ts';

/**
 * Control tokens of the model families that serve completion, as their tokenizer files name them: ChatML and Qwen `<|…|>`,
 * DeepSeek `<｜…｜>` with full-width bars, CodeLlama `<PRE>`, StarCoder `<fim_…>`, Seed-Coder `<[fim-…]>`, Codestral
 * `[SUFFIX]`, Llama 2 `[INST]`, sentence ends `</s>`; and `[DONE]`, the end mark of a server's stream.
 */
const CONTROL =
  /<\|[A-Za-z_▁ ]{2,32}\|>|<｜[A-Za-z_▁ ]{2,40}｜>|<\[[a-z-]{3,24}\]>|<\/?s>|<(?:PRE|SUF|MID|EOT|END|EOD|EOM)>|<(?:fim_(?:prefix|middle|suffix|pad)|file_sep(?:arator)?|repo_name|filename|reponame|gh_stars|jupyter_[a-z_]+|issue_[a-z]+|empty_output|commit_[a-z]+)>|\[(?:PREFIX|SUFFIX|MIDDLE|DONE|\/?INST)\]/g;
/** What a control token looks like before its last character has come. */
const PARTIAL =
  /<(?:\|[A-Za-z_▁ ]{0,32}\|?|｜[A-Za-z_▁ ]{0,40}｜?|\[[a-z-]{0,24}\]?|fim_[a-z]*|file_[a-z]*|repo_[a-z]*)$/;

/** Ends the answer at the first control token that leaked. A token that the file itself contains is code. */
export function cutAtToken(text: string, place: Place): string {
  const body = text.replace(LEADING, '');
  for (const found of body.matchAll(CONTROL)) {
    const token = found[0];
    if (place.prefix.text.includes(token) || place.suffix.includes(token)) continue;
    return body.slice(0, found.index);
  }
  const partial = PARTIAL.exec(body);
  return partial ? body.slice(0, partial.index) : body;
}

/** A model may begin by repeating the marker that asked it. */
const LEADING = /^(?:<\|fim_middle\|>|<fim_middle>|<｜fim▁end｜>|<MID>|\[MIDDLE\]|<\[fim-middle\]>)/;
