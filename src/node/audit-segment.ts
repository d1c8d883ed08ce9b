import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../core/audit/canonical.ts';
import { emptyChain, type Head, link } from '../core/audit/chain.ts';
import type { OpenRecord } from '../core/audit/record.ts';
import { sha256 } from './pseudonyms.ts';

/** `audit-2027-01-31-0a1b2c3d.jsonl`: the day on which it was begun, and what tells two windows apart. */
export const SEGMENT_NAME = /^audit-(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}\.jsonl$/;

/** A file of the log with one writer. */
export interface Segment {
  readonly day: string;
  /** Puts records on the disk, all or none. Throws a system error. */
  write(records: readonly Json[]): Promise<void>;
  /** Whether the file still stands where it was made; false when somebody removed or replaced it. */
  inPlace(): Promise<boolean>;
  close(): Promise<void>;
}

export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** Begins a segment with its first record, which witnesses how far the latest others have come. Throws a system error. */
export async function beginSegment(
  folder: string,
  now: number,
  first: Omit<OpenRecord, 'witnesses'>,
): Promise<Segment> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const witnesses = await latestHeads(folder);
  const day = dayOf(now);
  const name = `audit-${day}-${randomBytes(4).toString('hex')}.jsonl`;
  const path = join(folder, name);
  const handle = await open(path, 'ax', 0o600);
  const segment = writer(handle, path, { day, name });
  try {
    await segment.write([{ ...first, witnesses }]);
    await syncFolder(folder);
    return segment;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function writer(
  handle: FileHandle,
  path: string,
  { day, name }: { readonly day: string; readonly name: string },
): Segment {
  let head: Head = emptyChain(name, sha256);
  let size = 0;
  return {
    day,
    async write(records) {
      let next = head;
      let text = '';
      for (const record of records) {
        const linked = link(next, record, sha256);
        text += linked.line;
        next = linked.head;
      }
      const bytes = Buffer.from(text);
      try {
        await handle.appendFile(bytes);
        await handle.datasync();
      } catch (error) {
        await handle.truncate(size); // Half a line would look like a cut.
        throw error;
      }
      head = next;
      size += bytes.length;
    },
    async inPlace() {
      const [here, there] = await Promise.all([handle.stat(), stat(path).catch(() => undefined)]);
      return there !== undefined && there.ino === here.ino && there.dev === here.dev && here.size === size;
    },
    close: () => handle.close(),
  };
}

const MOST_WITNESSED = 8;

/** How far the latest segments have come. One that cannot be read is left out: verifying it will tell. */
async function latestHeads(folder: string): Promise<OpenRecord['witnesses']> {
  const names = (await readdir(folder)).filter((name) => SEGMENT_NAME.test(name)).sort();
  const recent = await Promise.all(
    names.slice(-4 * MOST_WITNESSED).map(async (name) => ({ name, changed: (await stat(join(folder, name))).mtimeMs })),
  );
  recent.sort((a, b) => b.changed - a.changed);
  const heads: { segment: string; records: number; hash: string }[] = [];
  for (const { name } of recent.slice(0, MOST_WITNESSED)) {
    const head = await lastHead(join(folder, name));
    if (head) heads.push({ segment: name, ...head });
  }
  return heads;
}

/** Longest line that is looked for at the end of a segment; records are below 1.5 KB. */
const TAIL = 8192;

async function lastHead(path: string): Promise<Head | undefined> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    return headOf(lines.at(-2) ?? '');
  } finally {
    await handle.close();
  }
}

function headOf(line: string): Head | undefined {
  const found = /"hash":"([0-9a-f]{64})","n":(\d{1,15}),"prev":/.exec(line);
  return found?.[1] === undefined ? undefined : { records: Number(found[2]) + 1, hash: found[1] };
}

/** Makes the new name itself durable, where a folder can be synced (not on Windows). */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
