import type { Span } from '../../document/snapshot.ts';

/** A text derived from a part of another, with the way back. */
export interface View {
  readonly text: string;
  /** The part of the source that a part of the view was made of. */
  sourceOf(span: Span): Span;
}

/**
 * Collects pieces of a view. Every unit of the view remembers where in the source it begins and ends, so that an
 * escape of six characters maps back whole.
 */
export function createViewBuilder(): {
  add(text: string, start: number, end: number): void;
  copy(source: string, start: number, end: number): void;
  build(): View;
} {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  return {
    add(piece, start, end) {
      for (let index = 0; index < piece.length; index++) {
        starts.push(start);
        ends.push(end);
      }
      text += piece;
    },
    copy(source, start, end) {
      for (let at = start; at < end; at++) {
        starts.push(at);
        ends.push(at + 1);
      }
      text += source.slice(start, end);
    },
    build: () => ({
      text,
      sourceOf: (span) => ({ start: starts[span.start] ?? 0, end: ends[span.end - 1] ?? 0 }),
    }),
  };
}

/** Zero-width characters, soft hyphen, bidirectional controls, variation selectors, tag characters. */
const INVISIBLE =
  /\u034f|[\u17b4\u17b5]|[\ufe00-\ufe0f]|[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\udb40[\udc00-\uddef]/;

/** The text as a person sees it, without invisible characters; undefined when there are none. */
export function visibleView(text: string): View | undefined {
  if (!INVISIBLE.test(text)) return undefined;
  const builder = createViewBuilder();
  let from = 0;
  for (const found of text.matchAll(new RegExp(INVISIBLE, 'g'))) {
    builder.copy(text, from, found.index);
    from = found.index + found[0].length;
  }
  builder.copy(text, from, text.length);
  return builder.build();
}
