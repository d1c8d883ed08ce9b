import type { Block } from './protocol.ts';

/**
 * What must be sent so that a view which shows `before` shows `after`: the blocks from the first that differs on;
 * undefined when nothing differs. While an answer grows this is its last block or two.
 */
export function blockChanges(
  before: readonly Block[],
  after: readonly Block[],
): { readonly from: number; readonly blocks: readonly Block[] } | undefined {
  let from = 0;
  while (from < before.length && from < after.length && same(before[from], after[from])) from++;
  if (from === before.length && from === after.length) return undefined;
  return { from, blocks: after.slice(from) };
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
