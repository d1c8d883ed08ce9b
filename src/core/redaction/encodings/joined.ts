import { createViewBuilder, type View } from '../engine/view.ts';

/** Between two parts of a string that the language joins: `" +`, `" .`, `" &`, or a line end between two strings. */
const SEAM =
  /["'`][ \t]{0,8}(?:[+.&][ \t]{0,8}(?:\\?\r?\n[ \t]{0,80})?|\\?\r?\n[ \t]{0,80}(?:[+.&][ \t]{0,8})?)[rbuf]?["'`]/g;
const NEAR = 512;

/** Each place where strings are joined, with the seams taken out. */
export function* joinedViews(text: string): Generator<View> {
  let seams: { start: number; end: number }[] = [];
  for (const found of text.matchAll(SEAM)) {
    const last = seams.at(-1);
    if (last && (found.index - last.end > NEAR || seams.length >= 64)) {
      yield joined(text, seams);
      seams = [];
    }
    seams.push({ start: found.index, end: found.index + found[0].length });
  }
  if (seams.length > 0) yield joined(text, seams);
}

function joined(text: string, seams: readonly { start: number; end: number }[]): View {
  const builder = createViewBuilder();
  const first = seams[0]?.start ?? 0;
  const last = seams.at(-1)?.end ?? 0;
  let from = Math.max(text.lastIndexOf('\n', first) + 1, first - NEAR);
  for (const seam of seams) {
    builder.copy(text, from, seam.start);
    from = seam.end;
  }
  const newline = text.indexOf('\n', last);
  builder.copy(text, from, Math.min(newline < 0 ? text.length : newline, last + NEAR));
  return builder.build();
}
