import { createHash, createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Stamps } from '../core/audit/record.ts';
import { codeOf } from './system-error.ts';

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const KEY_FILE = 'pseudonym.key';
const KEY_BYTES = 32;
const PSEUDONYM_DIGITS = 32;

/**
 * Stamps under the key of a folder, which is made when it is missing. The same person on the same machine has one pseudonym
 * for as long as the folder lives; nobody without the key can tell whose it is. Throws when the folder cannot be used.
 */
export function stampsOf(folder: string, extension: string): Stamps {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return stampsUnder(keyOf(join(folder, KEY_FILE)), extension);
}

/** Stamps that nobody can tie to those of another session, for while the folder cannot be used. */
export const passingStamps = (extension: string): Stamps => stampsUnder(randomBytes(KEY_BYTES), extension);

function stampsUnder(key: Uint8Array, extension: string): Stamps {
  const keyedHash = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  const pseudonym = (text: string) => keyedHash(text).slice(0, PSEUDONYM_DIGITS);
  return {
    actor: pseudonym(`actor\n${userName()}\n${hostname()}`),
    device: pseudonym(`device\n${hostname()}`),
    extension,
    sha256,
    keyedHash,
  };
}

function keyOf(path: string): Uint8Array {
  const known = readKey(path);
  if (known) return known;
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(fresh, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(fresh, path); // Whole or not at all, and of two windows only one wins.
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(fresh);
  }
  const key = readKey(path);
  if (!key) throw new Error(`${path} vanished`);
  return key;
}

function readKey(path: string): Uint8Array | undefined {
  try {
    const key = readFileSync(path);
    if (key.length !== KEY_BYTES) throw new Error(`${path} is no key of ${KEY_BYTES} bytes`);
    return key;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`; // Containers run as users whom no passwd file names.
  }
}
