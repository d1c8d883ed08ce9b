import { type Candidate, rank } from './detector.ts';

const SHORTEST = 8;
/** Values beyond this many units are keys and certificates; a second copy has the same armour and is found by it. */
const LONGEST = 1024;
/** Small, because a table is made for every scan that finds something. */
const BITS = 1 << 13;

/**
 * Further places of the values that were found, such as a password that a comment repeats. One pass whatever the number
 * of values: a bit for each beginning of four units, then a look-up of the first eight.
 */
export function propagate(text: string, found: readonly Candidate[]): Candidate[] {
  const byBeginning = new Map<string, { value: string; candidate: Candidate }[]>();
  const bits = new Uint8Array(BITS);
  for (const candidate of found) {
    const value = text.slice(candidate.start, candidate.end);
    if (value.length < SHORTEST || value.length > LONGEST) continue;
    const beginning = value.slice(0, SHORTEST);
    const known = byBeginning.get(beginning) ?? [];
    if (known.some((entry) => entry.value === value)) continue;
    known.push({ value, candidate });
    byBeginning.set(beginning, known);
    bits[beginningHash(value, 0)] = 1;
  }
  if (byBeginning.size === 0) return [];
  for (const known of byBeginning.values()) known.sort((a, b) => b.value.length - a.value.length);
  const further: Candidate[] = [];
  for (let at = 0; at + SHORTEST <= text.length; at++) {
    if (bits[beginningHash(text, at)] === 0) continue;
    const known = byBeginning.get(text.slice(at, at + SHORTEST));
    const entry = known?.find(({ value }) => text.startsWith(value, at) && standsFree(text, at, value));
    if (!entry) continue;
    const end = at + entry.value.length;
    further.push({ ...entry.candidate, start: at, end, rank: Math.min(entry.candidate.rank, rank.personal) });
    at = end - 1;
  }
  return further;
}

/** A value of letters alone could be a part of a longer word; one with digits or signs could not. */
function standsFree(text: string, at: number, value: string): boolean {
  if (value.length >= 16 && /\d/.test(value)) return true;
  return (
    !(WORD.test(text.charAt(at - 1)) && WORD.test(value.charAt(0))) &&
    !(WORD.test(text.charAt(at + value.length)) && WORD.test(value.at(-1) ?? ''))
  );
}

const WORD = /[\p{L}\p{N}_]/u;

function beginningHash(text: string, at: number): number {
  const a = text.charCodeAt(at) * 31 + text.charCodeAt(at + 1);
  const b = text.charCodeAt(at + 2) * 31 + text.charCodeAt(at + 3);
  return ((a * 1009) ^ b) & (BITS - 1);
}
