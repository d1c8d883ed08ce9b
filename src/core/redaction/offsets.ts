import type { Span } from '../document/snapshot.ts';

/**
 * Searches in spans that are in order and do not overlap, as findings are. All take logarithmic time: a text is sliced
 * many times for one prompt.
 */

/** Index of the first span that ends after an offset. */
export function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The span that an offset is inside of; at its edges it is outside. */
export function spanAround(spans: readonly Span[], offset: number): Span | undefined {
  const span = spans[firstEndingAfter(spans, offset)];
  return span && span.start < offset ? span : undefined;
}

/**
 * Maps an offset of the original to the text in which each span of `from` became the span of `to` with the same index;
 * undefined inside a span.
 */
export function mapOffset(offset: number, from: readonly Span[], to: readonly Span[]): number | undefined {
  if (spanAround(from, offset)) return undefined;
  const before = firstEndingAfter(from, offset) - 1;
  return offset + (to[before]?.end ?? 0) - (from[before]?.end ?? 0);
}
