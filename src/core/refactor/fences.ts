/** The content of one fenced block, without its fences. */
export interface FencedBlock {
  readonly content: string;
  /** False when the text ended before the closing fence. */
  readonly closed: boolean;
}

interface Fence {
  readonly mark: string;
  /** Whether something stands behind the mark, which only an opening fence may have. */
  readonly labelled: boolean;
}

/**
 * The fenced blocks of an answer, in order. Differs from CommonMark in one place: a labelled fence inside a block opens a
 * nested one, because models put Markdown or doc comments with fences into a block of the same length.
 * With `greedy`, for a range that itself holds fences, everything from the first fence to the last is one block.
 */
export function fencedBlocks(text: string, greedy: boolean): readonly FencedBlock[] {
  const lines = text.split('\n');
  const fences = lines.map(fenceOf);
  if (greedy) return greedyBlock(lines, fences);
  const blocks: FencedBlock[] = [];
  for (let line = 0; line < lines.length; line++) {
    if (!fences[line]) continue;
    const end = closingLine(fences, line);
    blocks.push({ content: lines.slice(line + 1, end ?? lines.length).join('\n'), closed: end !== undefined });
    line = end ?? lines.length;
  }
  return blocks;
}

function closingLine(fences: readonly (Fence | undefined)[], opening: number): number | undefined {
  const open: Fence[] = [];
  for (let line = opening; line < fences.length; line++) {
    const fence = fences[line];
    if (!fence) continue;
    const innermost = open.at(-1);
    if (innermost && !fence.labelled && closes(fence, innermost)) open.pop();
    else if (!innermost || fence.labelled) open.push(fence);
    if (open.length === 0) return line;
  }
  return undefined;
}

function greedyBlock(lines: readonly string[], fences: readonly (Fence | undefined)[]): readonly FencedBlock[] {
  const first = fences.findIndex((fence) => fence !== undefined);
  if (first < 0) return [];
  const last = fences.findLastIndex((fence) => fence !== undefined && !fence.labelled);
  const closed = last > first;
  return [{ content: lines.slice(first + 1, closed ? last : lines.length).join('\n'), closed }];
}

function fenceOf(line: string): Fence | undefined {
  const found = /^[ \t]*(`{3,}|~{3,})[ \t]*([^`]*)$/.exec(line);
  return found ? { mark: found[1] ?? '', labelled: (found[2] ?? '').trim() !== '' } : undefined;
}

const closes = (fence: Fence, open: Fence): boolean =>
  fence.mark[0] === open.mark[0] && fence.mark.length >= open.mark.length;
