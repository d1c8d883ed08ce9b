import type { Answer } from './answer.ts';

/** In a language of indents: ends the answer before the first line that leaves the block of the cursor. */
export function cutAtDedent(answer: Answer, end: number): number {
  const { place, scan } = answer;
  if (!place.lexis.indented) return end;
  const depth = place.start.state.stack;
  const block = scan.lines[0]?.indent ?? 0;
  let cut = 0;
  for (const [index, line] of scan.lines.entries()) {
    if (line.start >= end) break;
    if (line.blank) continue;
    const outside =
      line.before.mode.kind === 'code' && (line.before.stack === depth || line.before.stack === undefined);
    if (index > 0 && outside && line.indent < block) return cut;
    cut = line.end;
  }
  return end;
}
