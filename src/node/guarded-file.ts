import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './system-error.ts';

/** Whose files are believed: those of `owner` that nobody else can write, with every folder above them up to `from`. */
export interface Trust {
  readonly owner: number;
  readonly from: string;
}

export type GuardedFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly bytes: Buffer }
  /** `why` continues a sentence that begins with the file. */
  | { readonly kind: 'refused'; readonly why: string };

/** Larger than any policy that a person has written. */
const MAX_POLICY_BYTES = 1_000_000;

/**
 * Reads a small file whole, if it can be trusted. The folders above it count too: who may write there may put another file
 * in its place. On Windows owners cannot be read here, so only size and kind are checked.
 * Synchronous, since nothing may be decided before it is read; it is one small local file.
 */
export function readGuarded(path: string, trust: Trust | 'anyone'): GuardedFile {
  if (!exists(path)) return { kind: 'absent' };
  try {
    const real = realpathSync(path);
    const why = process.platform === 'win32' || trust === 'anyone' ? undefined : distrusted([path, real], trust);
    return why === undefined ? readWhole(real, trust) : { kind: 'refused', why };
  } catch (error) {
    return { kind: 'refused', why: `it cannot be read (${codeOf(error) ?? 'unexpected error'})` };
  }
}

/** A link that leads nowhere exists: somebody put it there. Only a missing name is absent. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ENOENT';
  }
}

function distrusted(paths: readonly string[], trust: Trust): string | undefined {
  for (const path of paths) {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const why = writableByOthers(lstatSync(folder), trust.owner);
      if (why !== undefined) return `its folder ${folder} ${why}`;
      if (folder === trust.from || folder === dirname(folder)) break;
    }
  }
  return undefined;
}

function readWhole(path: string, trust: Trust | 'anyone'): GuardedFile {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // A pipe must not hold the editor.
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return { kind: 'refused', why: 'it is no regular file' };
    if (stats.size > MAX_POLICY_BYTES) return { kind: 'refused', why: `it is larger than ${MAX_POLICY_BYTES} bytes` };
    const why = process.platform === 'win32' || trust === 'anyone' ? undefined : writableByOthers(stats, trust.owner);
    if (why !== undefined) return { kind: 'refused', why: `it ${why}` };
    const bytes = Buffer.alloc(MAX_POLICY_BYTES + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    return length > MAX_POLICY_BYTES
      ? { kind: 'refused', why: `it is larger than ${MAX_POLICY_BYTES} bytes` }
      : { kind: 'file', bytes: bytes.subarray(0, length) };
  } finally {
    closeSync(file);
  }
}

function writableByOthers(stats: Stats, owner: number): string | undefined {
  if (stats.isSymbolicLink()) return undefined; // Its own mode says nothing; where it leads is checked as well.
  if (stats.uid !== owner) return owner === 0 ? 'does not belong to root' : `does not belong to user ${owner}`;
  return (stats.mode & 0o022) === 0 ? undefined : 'can be written by its group or by everybody';
}
