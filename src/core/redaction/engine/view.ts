import type { Span } from '../../document/snapshot.ts';

/** A text derived from a part of another, with the way back. */
export interface View {
  readonly text: string;
  /** The part of the source that a part of the view was made of. */
  sourceOf(span: Span): Span;
}

/** Consecutive units of a view that come from one place: copied unit by unit, or one escape for all of them. */
interface Piece {
  readonly at: number;
  readonly start: number;
  /** End of the escape in the source; undefined for a copy. */
  readonly escapeEnd: number | undefined;
}

/** Collects pieces of a view. An escape of six characters maps back whole. */
export function createViewBuilder(): {
  /** Text that stands for a part of the source. */
  add(text: string, start: number, end: number): void;
  copy(source: string, start: number, end: number): void;
  build(): View;
} {
  const texts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  const append = (text: string, start: number, escapeEnd: number | undefined): void => {
    if (text === '') return;
    texts.push(text);
    pieces.push({ at: length, start, escapeEnd });
    length += text.length;
  };
  return {
    add: append,
    copy: (source, start, end) => append(source.slice(start, end), start, undefined),
    build: () => ({ text: texts.join(''), sourceOf: (span) => sourceOf(span, pieces) }),
  };
}

function sourceOf(span: Span, pieces: readonly Piece[]): Span {
  const first = pieceAt(pieces, span.start);
  const last = pieceAt(pieces, span.end - 1);
  return {
    start: first.escapeEnd === undefined ? first.start + span.start - first.at : first.start,
    end: last.escapeEnd ?? last.start + span.end - last.at,
  };
}

/** The piece that holds a unit of the view, found by halves. */
function pieceAt(pieces: readonly Piece[], at: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return pieces[low] ?? { at: 0, start: 0, escapeEnd: undefined };
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
