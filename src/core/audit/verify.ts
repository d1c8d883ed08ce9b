import { canonicalJson, type Json } from './canonical.ts';
import { emptyChain, type Head, link, type Sha256 } from './chain.ts';

export type Verified =
  | { readonly ok: true; readonly head: Head; readonly records: readonly Json[] }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly problem: string };

/**
 * Checks one segment of an audit log: that no record was edited, removed, added, moved or taken from another segment.
 *
 * A chain alone cannot show that its last records are missing. `known` can: heads of this segment that were seen
 * earlier, from records of later segments or from a signed checkpoint. Each must be a head that the segment went through.
 */
export function verifySegment(text: string, segment: string, sha256: Sha256, known: readonly Head[] = []): Verified {
  let head = emptyChain(segment, sha256);
  const awaited = new Map(known.map(({ records, hash }) => [`${records} ${hash}`, records]));
  awaited.delete(`${head.records} ${head.hash}`);
  const records: Json[] = [];
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  for (const [index, line] of lines.entries()) {
    const checked = checkLine(line, head, sha256);
    if (typeof checked === 'string') return { ok: false, line: index + 1, problem: checked };
    head = checked.head;
    records.push(checked.record);
    awaited.delete(`${head.records} ${head.hash}`);
  }
  if (rest !== '')
    return { ok: false, line: lines.length + 1, problem: 'the line has no end: it was cut, or writing it broke off' };
  for (const count of awaited.values())
    return { ok: false, line: Math.min(count, head.records + 1), problem: missing(count, head) };
  return { ok: true, head, records };
}

function checkLine(line: string, head: Head, sha256: Sha256): { readonly head: Head; readonly record: Json } | string {
  const parsed = parseLine(line);
  if (parsed === undefined) return 'the line is not a record as Postern writes it';
  if (parsed.n !== head.records) return `record ${head.records} is missing or moved: this is record ${parsed.n}`;
  if (parsed.prev !== head.hash) return 'the record before it was changed, removed or replaced';
  const linked = link(head, parsed.record, sha256);
  return linked.line === `${line}\n` ? { head: linked.head, record: parsed.record } : 'the record was changed';
}

interface Line {
  readonly n: number;
  readonly prev: string;
  readonly record: Json;
}

function parseLine(line: string): Line | undefined {
  let value: Json;
  try {
    value = JSON.parse(line);
    if (canonicalJson(value) !== line) return undefined;
  } catch {
    return undefined; // The caller names the line.
  }
  if (typeof value !== 'object' || value === null || !('record' in value)) return undefined;
  const { n, prev, record } = value;
  if (typeof n !== 'number' || typeof prev !== 'string' || record === undefined) return undefined;
  return { n, prev, record };
}

const missing = (count: number, head: Head): string =>
  count > head.records
    ? `the segment had ${count} records and has ${head.records}: its end was cut`
    : `record ${count - 1} is not the one that was there when another segment was begun`;
