/** What a value looks like, apart from its name. All functions are linear in the value. */

/** Letters that often follow a letter in English and in identifiers. Random text has a quarter to a third of these pairs. */
const NATURAL: Readonly<Record<string, string>> = {
  a: 'bcdefgiklmnprstuvwy',
  b: 'aeilorsuy',
  c: 'aehiklortuy',
  d: 'adeioruy',
  e: 'abcdefglmnoprstvwxy',
  f: 'aefilortu',
  g: 'aeghilnoru',
  h: 'aeiorty',
  i: 'abcdefglmnoprstvz',
  j: 'aeou',
  k: 'eilnsy',
  l: 'adefiklmotuvy',
  m: 'abeimopsuy',
  n: 'acdefgiknostuvy',
  o: 'abcdfgiklmnoprstuvwy',
  p: 'aehiloprstu',
  q: 'u',
  r: 'abcdegiklmnoprstuvy',
  s: 'acehiklmnopqstuwy',
  t: 'acehilorstuwy',
  u: 'abcdegilmnprst',
  v: 'aeio',
  w: 'aehinorst',
  x: 'aceipt',
  y: 'aeilmnopst',
  z: 'aeioz',
};
const natural = naturalTable();

/** Shannon entropy of the characters, in bits a character. */
export function entropy(value: string): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

export interface Shape {
  readonly digits: number;
  readonly lower: number;
  readonly upper: number;
  readonly other: number;
  /** Changes between letters and digits, and from lower to upper case past a word's first letter. */
  readonly transitions: number;
  /** Share of letter pairs that words have; 1 where there are no pairs. */
  readonly naturalness: number;
}

export function shapeOf(value: string): Shape {
  let digits = 0;
  let lower = 0;
  let upper = 0;
  let transitions = 0;
  let pairs = 0;
  let naturalPairs = 0;
  let previous = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === 1) digits++;
    else if (kind === 2) lower++;
    else if (kind === 3) upper++;
    const before = kindOf(previous);
    if (before !== kind && before !== 0 && kind !== 0 && !(before === 3 && kind === 2)) transitions++;
    if (kind >= 2 && before >= 2 && !(before === 2 && kind === 3)) {
      pairs++;
      naturalPairs += natural[((previous | 32) - 97) * 26 + ((code | 32) - 97)] ?? 0;
    }
    previous = code;
  }
  const other = value.length - digits - lower - upper;
  return { digits, lower, upper, other, transitions, naturalness: pairs > 0 ? naturalPairs / pairs : 1 };
}

/** What no name of a program looks like. */
export function isRandomWord(value: string): boolean {
  const shape = shapeOf(value);
  if (value.length >= 32 && shape.digits >= 6 && /^[0-9a-f-]+$/i.test(value)) return true;
  if (value.length >= 16 && shape.upper > 2 && shape.lower > 2 && shape.naturalness < 0.5) return true;
  return shape.digits >= 2 && shape.transitions >= 4 && shape.naturalness < 0.7 && value.length >= 12;
}

/** 1 for a digit, 2 and 3 for lower and upper case, 0 for the rest. */
function kindOf(code: number): 0 | 1 | 2 | 3 {
  if (code >= 48 && code <= 57) return 1;
  if (code >= 97 && code <= 122) return 2;
  return code >= 65 && code <= 90 ? 3 : 0;
}

function naturalTable(): Uint8Array {
  const table = new Uint8Array(26 * 26);
  for (const [first, seconds] of Object.entries(NATURAL))
    for (const second of seconds) table[(first.charCodeAt(0) - 97) * 26 + second.charCodeAt(0) - 97] = 1;
  return table;
}
