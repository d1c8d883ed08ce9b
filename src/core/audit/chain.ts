import { canonicalJson, type Json } from './canonical.ts';

/** SHA-256 of a text in UTF-8, as lower-case hex. Injected: core does no cryptography. */
export type Sha256 = (text: string) => string;

/** Where a chain stands: how many records it has and the hash of the last one. */
export interface Head {
  readonly records: number;
  readonly hash: string;
}

/** A chain without records. Its hash is bound to the segment's name, so that no record can move to another segment. */
export const emptyChain = (segment: string, sha256: Sha256): Head => ({
  records: 0,
  hash: sha256(`postern audit segment ${segment}`),
});

export interface Linked {
  /** One line of the log, with its line feed. */
  readonly line: string;
  readonly head: Head;
}

/**
 * Puts a record at the end of a chain. A line is canonical JSON with `n` (its number from 0), `prev` (the hash of the line
 * before), the record itself, and `hash`: SHA-256 of the canonical JSON of the other three.
 */
export function link(head: Head, record: Json, sha256: Sha256): Linked {
  const body = { n: head.records, prev: head.hash, record };
  const hash = sha256(canonicalJson(body));
  return { line: `${canonicalJson({ ...body, hash })}\n`, head: { records: head.records + 1, hash } };
}
