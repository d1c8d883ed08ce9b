import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../core/audit/canonical.ts';
import type { Head } from '../core/audit/chain.ts';
import { verifySegment } from '../core/audit/verify.ts';
import { SEGMENT_NAME } from './audit-segment.ts';
import { sha256 } from './pseudonyms.ts';

export interface AuditProblem {
  /** Name of the segment. */
  readonly segment: string;
  /** Counts from 1; undefined when the segment itself is missing. */
  readonly line: number | undefined;
  readonly problem: string;
}

export interface AuditReport {
  readonly segments: number;
  readonly records: number;
  /** At most one a segment: the first. */
  readonly problems: readonly AuditProblem[];
}

/** Verifies every segment of a folder, each also against what others witnessed of it. Rejects when the folder cannot be read. */
export async function verifyAuditFolder(folder: string): Promise<AuditReport> {
  const names = (await readdir(folder)).filter((name) => SEGMENT_NAME.test(name)).sort();
  const texts = new Map<string, string>();
  const problems: AuditProblem[] = [];
  for (const name of names) {
    const text = textOf(await readFile(join(folder, name)));
    if (text === undefined) problems.push({ segment: name, line: 1, problem: 'the segment is not text in UTF-8' });
    else texts.set(name, text);
  }
  const witnessed = witnessedHeads(texts);
  let records = 0;
  for (const [segment, text] of texts) {
    const verified = verifySegment(text, segment, sha256, witnessed.get(segment));
    if (verified.ok) records += verified.records.length;
    else problems.push({ segment, line: verified.line, problem: verified.problem });
  }
  for (const segment of witnessed.keys())
    if (!names.includes(segment))
      problems.push({ segment, line: undefined, problem: 'another segment names it, but it is missing' });
  return { segments: names.length, records, problems };
}

/** Strictly: a lenient decoder would give two different files the same text. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // The caller reports it.
  }
}

/** What the opening records of sound segments say about others. */
function witnessedHeads(texts: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Head[]> {
  const heads = new Map<string, Head[]>();
  for (const [segment, text] of texts) {
    const first = text.slice(0, text.indexOf('\n') + 1);
    const verified = verifySegment(first, segment, sha256);
    if (!verified.ok) continue;
    for (const { segment: other, ...head } of witnesses(verified.records[0]))
      heads.set(other, [...(heads.get(other) ?? []), head]);
  }
  return heads;
}

function witnesses(record: Json | undefined): readonly (Head & { readonly segment: string })[] {
  if (typeof record !== 'object' || record === null || !('witnesses' in record)) return [];
  const list: unknown = record.witnesses;
  return Array.isArray(list) ? list.filter(isWitness) : [];
}

const isWitness = (value: unknown): value is Head & { readonly segment: string } =>
  typeof value === 'object' &&
  value !== null &&
  'segment' in value &&
  typeof value.segment === 'string' &&
  'records' in value &&
  typeof value.records === 'number' &&
  'hash' in value &&
  typeof value.hash === 'string';
