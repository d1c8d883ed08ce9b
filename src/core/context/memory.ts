import type { Section } from './section.ts';

/**
 * Keeps the sections of a prompt while the cursor stays in its block, so that consecutive prompts share their bytes and
 * the server its cache. One for each conversation with a model; its owner passes it with every query.
 */
export interface ContextMemory {
  /** What was chosen for this spot, if it still holds. */
  recall(spot: Spot): readonly Section[] | undefined;
  keep(spot: Spot, sections: readonly Section[]): void;
}

export interface Spot {
  readonly uri: string;
  /** Names of the declarations around the cursor. */
  readonly block: string;
  readonly line: number;
  readonly budget: number;
}

/** Lines that the cursor may move within a long block before what stands around it has changed. */
const REACH = 15;

export function createContextMemory(): ContextMemory {
  let kept: { readonly spot: Spot; readonly sections: readonly Section[] } | undefined;
  return {
    recall(spot) {
      if (!kept || kept.spot.uri !== spot.uri || kept.spot.block !== spot.block || kept.spot.budget !== spot.budget)
        return undefined;
      return Math.abs(kept.spot.line - spot.line) <= REACH ? kept.sections : undefined;
    },
    keep(spot, sections) {
      kept = { spot, sections };
    },
  };
}
