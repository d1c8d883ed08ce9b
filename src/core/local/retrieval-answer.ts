import type { Section } from '../context/section.ts';

const MOST_PLACES = 6;
const SNIPPET_LINES = 4;
const LONGEST_LINE = 160;

/**
 * An answer made of places alone: the sections that fit a question best, as a Markdown list with citations. It says what it
 * is, so that nobody takes it for a model's answer.
 */
export function retrievalAnswer(message: string, sections: readonly Section[]): string {
  const words = wordsOf(questionIn(message));
  const ranked = sections
    .map((section, order) => ({ section, order, score: scoreOf(section.text.text, words) }))
    .sort((one, other) => other.score - one.score || one.order - other.order)
    .slice(0, MOST_PLACES);
  if (ranked.length === 0) return `${INTRODUCTION} It found no code that fits this question.`;
  const items = ranked.map(({ section }) => itemOf(section, words));
  return `${INTRODUCTION} These places fit the question best:\n\n${items.join('\n')}\n`;
}

const INTRODUCTION =
  'The local engine answered. It is not a language model: it finds code in your workspace, it does not write.';

/** The question stands at the end of the message, after the files that were sent with it as context. */
function questionIn(message: string): string {
  const end = message.lastIndexOf('</file>');
  return end < 0 ? message : message.slice(end + '</file>'.length);
}

/** Words of three letters or more, also those inside camelCase and snake_case, in lower case. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [word] of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const parts = word.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[ _]/);
    for (const each of [word, ...parts]) if (each.length >= 3) words.add(each.toLowerCase());
  }
  return words;
}

/** How many of the question's words a text has. */
function scoreOf(text: string, words: ReadonlySet<string>): number {
  let score = 0;
  for (const word of wordsOf(text)) if (words.has(word)) score++;
  return score;
}

function itemOf(section: Section, words: ReadonlySet<string>): string {
  const lines = section.text.text.split('\n');
  const from = bestLine(lines, words);
  const shown = lines.slice(from, from + SNIPPET_LINES);
  while (shown.at(-1)?.trim() === '') shown.pop();
  const path = section.path.text;
  const first = section.line === undefined ? undefined : section.line + from + 1;
  const citation = first === undefined ? `[${path}]` : `[${path}:${first}-${first + Math.max(0, shown.length - 1)}]`;
  const quoted = shown.map((line) => `  ${line.slice(0, LONGEST_LINE)}`).join('\n');
  const fence = shown.some((line) => line.includes('```')) ? '~~~' : '```';
  return `- ${citation}, ${section.why}\n  ${fence}\n${quoted}\n  ${fence}`;
}

/** Start of the lines in a row that have most of the words; the first of equals. */
function bestLine(lines: readonly string[], words: ReadonlySet<string>): number {
  let best = { at: 0, score: -1 };
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const score = scoreOf(lines.slice(at, at + SNIPPET_LINES).join('\n'), words) + (scoreOf(line, words) > 0 ? 0.5 : 0);
    if (score > best.score) best = { at, score };
  }
  return best.at;
}
