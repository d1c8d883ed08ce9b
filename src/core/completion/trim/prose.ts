import type { Answer } from './answer.ts';

/**
 * Ends the answer where the model begins to talk about it: a heading, a turn of a chat, or a sentence, in a place where
 * the language expects code. Comments and strings are left alone.
 */
export function cutAtProse(answer: Answer, end: number): number {
  if (PROSE_LANGUAGES.has(answer.place.languageId)) return end;
  const lines = answer.scan.lines.filter((line) => line.start < end && !line.blank);
  const textOf = (index: number) => {
    const line = lines[index];
    return line ? answer.text.slice(line.start, Math.min(line.end, end)).trim() : '';
  };
  for (const [index, line] of lines.entries()) {
    if (line.start === 0 || line.before.mode.kind !== 'code') continue;
    const above = index > 0 ? textOf(index - 1) : answer.place.head.trim();
    if (isMarkupText(above)) continue;
    if (startsTalk(textOf(index), textOf(index + 1))) return line.start - 1;
  }
  return end;
}

const PROSE_LANGUAGES = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext', 'html', 'vue', 'svelte']);

/** Text between the tags of JSX is a sentence in its right place. */
const isMarkupText = (above: string): boolean => /[^=]>$/.test(above) || /^<\w/.test(above);

const TURN = /^(?:Human|User|Assistant|System|Question|Answer): [A-Z]/;
const HEADING = /^(?:#{1,6} [A-Z][\w '-]*:?|\*\*[A-Z][^*]*\*\*:?|[A-Z][a-z]+(?: [a-z]+){0,4}:)$/;

export function startsTalk(line: string, next: string): boolean {
  return TURN.test(line) || isSentence(line) || (HEADING.test(line) && isSentence(next));
}

const BULLET = /^(?:[-*•] |\d{1,2}[.)] )/;
/** A capital, then words with at most a comma, an apostrophe or a pair of backticks about them, then the end of a sentence. */
const SENTENCE = /^[A-Z][a-z']*[,!:]?(?: [`("']?[\w'’/.-]+[`)"']?[,;:.!]?){3,}[.:!?]?$/;
/** Words that every English sentence has one of, and code in a row of words has not. */
const SMALL_WORDS =
  /\b(?:the|is|are|this|that|to|of|you|it|be|will|with|and|here|here's|me|let|we|your|there|when|if|a|an)\b/gi;

function isSentence(line: string): boolean {
  const bare = line.replace(BULLET, '');
  if (!SENTENCE.test(bare)) return false;
  const small = bare.match(SMALL_WORDS)?.length ?? 0;
  return /[.:!?]$/.test(bare) ? small >= 1 : small >= 2;
}
