/**
 * A stand-in for a model's tokenizer: each marker is one token, and so is each run of letters, digits, spaces and each
 * other character. Joining the tokens gives the text back.
 */
export function tokenize(text: string, markers: readonly string[]): readonly string[] {
  const special = [...markers].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(
    [...special, '\\p{L}+', '\\d{1,3}', ' +(?=\\S)|[ \\t]+', '\\r?\\n', '[^]'].join('|'),
    'gu',
  );
  return text.match(pattern) ?? [];
}

/** The number of a token: the same for the same text, so that prompts can be compared. */
export function tokenId(token: string): number {
  let hash = 7;
  for (const character of token) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 151_643;
  return hash;
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
