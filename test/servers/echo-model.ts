import { families } from '../../src/core/prompt/families.ts';

/**
 * What stands for a model in servers that are started by hand. It knows nothing: a completion repeats how the words at the
 * cursor went on before in the same prompt, and a chat answer quotes the question. Its answers say so.
 */
export function echoCompletion(prompt: string): string {
  const markers = Object.values(families).flatMap((family) => family.markers);
  const text = codeBeforeCursor(prompt, markers);
  const line = text.slice(text.lastIndexOf('\n') + 1);
  for (const length of [40, 24, 12, 6, 3]) {
    const tail = line.trimStart().slice(-length);
    if (tail.length < Math.min(length, 3)) continue;
    const at = text.lastIndexOf(tail, text.length - tail.length - 1);
    if (at < 0) continue;
    const rest = /^[^\n]*/.exec(text.slice(at + tail.length))?.[0] ?? '';
    if (rest.trim() !== '') return rest;
  }
  const words = [...new Set(text.match(/[A-Za-z_$][\w$]{2,}/g) ?? [])];
  return words.at(-2) ?? 'echo';
}

export function echoChat(question: string): string {
  const quoted = question.trim().split('\n').slice(-6).join('\n> ');
  return `This server has no model: it is for trying Postern by hand and can only quote you.\n\n> ${quoted}\n\n\`\`\`text\nlast question: ${question.trim().length} characters\n\`\`\`\n`;
}

/** The prefix of a rendered template: what stands between its prefix marker and the next marker. */
function codeBeforeCursor(prompt: string, markers: readonly string[]): string {
  const starts = markers.filter((marker) => /prefix|PRE|begin/.test(marker));
  const start = Math.max(-1, ...starts.map((marker) => endOfLast(prompt, marker)));
  if (start < 0) return prompt;
  const ends = markers.map((marker) => prompt.indexOf(marker, start)).filter((at) => at >= 0);
  return prompt.slice(start, Math.min(prompt.length, ...ends));
}

function endOfLast(text: string, marker: string): number {
  const at = text.lastIndexOf(marker);
  return at < 0 ? -1 : at + marker.length;
}
