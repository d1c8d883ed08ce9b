import type { Cues } from './cues.ts';
import type { FileStore } from './store.ts';

/** Definitions of one name that are looked at; a name with more of them tells little. */
export const MAX_DEFINITIONS = 8;
/** What a type that a nearby name is declared with counts against one that is written there. */
const INFERRED = 0.8;
const DECAY = 14;

/**
 * How near each type is to the cursor, by the number of its name: written there itself, or in the signature of what is
 * named there, as the type of a field or what a function returns.
 */
export function nearTypes(cues: Cues, store: FileStore): ReadonlyMap<number, number> {
  const near = new Map<number, number>();
  const raise = (word: number, nearness: number): void => {
    if (nearness > (near.get(word) ?? 0)) near.set(word, nearness);
  };
  for (const [word, distance] of cues.mentions) raise(word, Math.exp(-distance / DECAY));
  for (const word of cues.words.keys()) {
    const distance = cues.mentions.get(word);
    const places = store.defining(word);
    if (distance === undefined || places.length > MAX_DEFINITIONS) continue;
    const nearness = INFERRED * Math.exp(-distance / DECAY);
    for (const { file, place } of places)
      for (const type of store.file(file)?.definitions[place]?.signature ?? [])
        if (type !== word) raise(type, nearness);
  }
  return near;
}
