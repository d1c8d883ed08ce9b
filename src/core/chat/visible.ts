/**
 * Runs of characters that a person cannot see but a machine reads: controls, zero width, bidi controls, fillers and tags
 * (Unicode Standard Annex 9; Technical Report 36, section 3). A single variation selector is ordinary after an emoji or
 * an ideograph, but not in a row or after a letter.
 */
const INVISIBLE =
  /(?:(?![\t\n]|\p{Variation_Selector})[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\ufff9-\ufffb])+|\p{Variation_Selector}{2,}|(?<=[A-Za-z ])\p{Variation_Selector}/gu;

/** Joiners belong to emoji and to several scripts when they stand between two characters that are not ASCII. */
const isJoiner = (run: string, before: string | undefined, after: string | undefined): boolean =>
  /^[\u200c\u200d]$/.test(run) && !isAscii(before) && !isAscii(after);

const isAscii = (char: string | undefined): boolean => char === undefined || char <= '\u007f';

/** The text with each run of invisible characters shown as a mark, such as `⟨U+202E⟩`. Lines stay lines. */
export function visible(text: string): string {
  return replaced(text, (run) => {
    const points = [...run];
    const first = (points[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return points.length === 1 ? `⟨U+${first}⟩` : `⟨U+${first} … ×${points.length}⟩`;
  });
}

/** The text without invisible characters, for code that goes into a file or onto the clipboard. */
export function withoutInvisible(text: string): string {
  return replaced(text, () => '');
}

const replaced = (text: string, replace: (run: string) => string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(INVISIBLE, (run, at: number, whole: string) =>
      isJoiner(run, whole[at - 1], whole[at + run.length]) ? run : replace(run),
    );
