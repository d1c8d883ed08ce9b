import type { Place } from './place.ts';
import { startsTalk } from './prose.ts';

const OPENING = /^(?:([^\n`]*)\n{1,2})?[ \t]*(?:`{3,}|~{3,})[\w+#.-]*[ \t]*\n/;
const FENCE_LINE = /\n[ \t]*(?:`{3,}|~{3,})[\w+#.-]*[ \t]*(?=\n|$)/;

/** Takes the code out of a Markdown fence, and ends it at a fence line after it. In Markdown, and inside comments, a fence is content. */
export function withoutFence(text: string, place: Place): string {
  if (place.languageId === 'markdown') return text;
  const found = OPENING.exec(text);
  const opening = found && (found[1] === undefined || startsTalk(found[1].trim(), '')) ? found : undefined;
  const body = opening ? text.slice(opening[0].length) : text;
  const closing = FENCE_LINE.exec(opening ? `\n${body}` : body);
  if (!closing) return opening ? body : text;
  return body.slice(0, opening ? Math.max(0, closing.index - 1) : closing.index);
}
