import type { Candidate } from './detector.ts';

/**
 * Candidates in order and without overlaps. Those that overlap become one that covers them all, because to leave any
 * part out would leave a part of a secret; the highest rank names it, then the longest.
 */
export function settle(candidates: readonly Candidate[]): Candidate[] {
  const sorted = candidates.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const settled: Candidate[] = [];
  for (const candidate of sorted) {
    const last = settled.at(-1);
    if (!last || candidate.start >= last.end) settled.push(candidate);
    else settled[settled.length - 1] = united(last, candidate);
  }
  return settled;
}

function united(a: Candidate, b: Candidate): Candidate {
  const named = b.rank > a.rank || (b.rank === a.rank && b.end - b.start > a.end - a.start) ? b : a;
  return { ...named, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
