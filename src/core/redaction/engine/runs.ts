/**
 * Visits every run of at least `shortest` characters of the alphabets that tokens and encodings use: letters, digits,
 * `+`, `/`, `-` and `_`. One pass over a table, so that each unit of the text is looked at once.
 */
export function forEachRun(text: string, shortest: number, visit: (start: number, end: number) => void): void {
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && inRun[code] === 1) {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0 && at - start >= shortest) visit(start, at);
    start = -1;
  }
  if (start >= 0 && text.length - start >= shortest) visit(start, text.length);
}

const inRun = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  inRun[character.charCodeAt(0)] = 1;
