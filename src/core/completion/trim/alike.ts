/** Less than this is told as 0, without the work. */
const LEAST = 0.3;

/** Dice's coefficient over pairs of neighbouring characters: 0 for nothing in common, 1 for the same pairs. */
export function alike(one: string, other: string): number {
  if (one === other) return 1;
  const shorter = Math.min(one.length, other.length) - 1;
  // Even if all of the shorter text were in the longer one, the share would be no more than this.
  const most = (2 * shorter) / (one.length + other.length - 2);
  if (shorter < 1 || most < LEAST) return 0;
  const pairs = new Map<string, number>();
  for (let at = 0; at < one.length - 1; at++) {
    const pair = one.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let common = 0;
  for (let at = 0; at < other.length - 1; at++) {
    const pair = other.slice(at, at + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    common++;
  }
  return (2 * common) / (one.length + other.length - 2);
}
