import type { RedactedDocument } from '../redaction/redact.ts';
import { type CueSource, type Cues, readCues } from './cues.ts';
import type { Evidence, GatherEvidence } from './evidence.ts';
import { nearTypes } from './near-types.ts';
import type { Related, Relations } from './relations.ts';
import { candidateFiles } from './similarity.ts';
import type { FileStore } from './store.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Files read closely for one query. */
const MAX_CANDIDATES = 70;

/** Everything known about the place of a query, before anything is chosen. */
export interface Situation {
  readonly cues: Cues;
  readonly evidence: Evidence;
  readonly related: Related;
  /** How near the cursor each type is, by the number of its name. */
  readonly types: ReadonlyMap<number, number>;
  /** The files read, by number, with their likeness to the open document. */
  readonly likeness: ReadonlyMap<number, number>;
  /** Tells which files are the open document itself, in whatever copy. */
  readonly self: (number: number) => boolean;
  readonly store: FileStore;
  readonly vocabulary: Vocabulary;
}

export interface Index {
  readonly store: FileStore;
  readonly vocabulary: Vocabulary;
  readonly relations: Relations;
  readonly gatherEvidence: GatherEvidence;
}

export interface Place extends Omit<CueSource, 'text'> {
  readonly document: RedactedDocument;
  /** URIs of the open tabs, the latest used first. */
  readonly tabs: readonly string[];
}

export function situationAt(place: Place, index: Index): Situation {
  const { store, vocabulary } = index;
  const { document } = place;
  const cues = readCues({ ...place, text: document.text.text }, store, vocabulary);
  const path = document.path.text;
  // The copy on disk, under another uri, may hold what has just been deleted from the document.
  const self = (number: number): boolean => {
    const file = store.file(number);
    return file === undefined || file.document.uri === document.uri || file.path === path;
  };
  const related = index.relations.of(place.open, place.tabs, self);
  const likeness = candidateFiles(store, { cues, related: related.bits.keys(), self, limit: MAX_CANDIDATES });
  const candidates = [...likeness].flatMap(([number, alike]) => {
    const file = store.file(number);
    return file ? [{ file, likeness: alike, relations: related.bits.get(number) ?? 0 }] : [];
  });
  const evidence = index.gatherEvidence(cues, candidates);
  return { cues, evidence, related, types: nearTypes(cues, store), likeness, self, store, vocabulary };
}
