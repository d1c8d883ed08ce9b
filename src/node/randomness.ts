import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { KeyedHash } from '../core/redaction/vault.ts';

/** A random UUID. */
export const newId = (): string => randomUUID();

/** HMAC-SHA256 under a fresh key that nothing else knows, as lower-case hex. */
export function newKeyedHash(): KeyedHash {
  const key = randomBytes(32);
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
