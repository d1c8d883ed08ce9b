import type { IndexedFile } from './indexed-file.ts';
import { resolveImport } from './resolve.ts';
import { type FileStore, folderOf, stemOf } from './store.ts';

/** How a file stands to the open one, the strongest first. */
export const relations = ['imported', 'importer', 'open tab', 'same folder', 'imported by an import'] as const;
export type Relation = (typeof relations)[number];

/** Files considered for each relation: a folder or an importer list can hold thousands. */
const MAX_RELATED = 60;

export interface Related {
  /** The relations of each related file by its number, as bits in the order of `relations`. */
  readonly bits: ReadonlyMap<number, number>;
  /** The files that each name which the open file imports may come from. */
  readonly named: ReadonlyMap<string, readonly number[]>;
}

export interface Relations {
  /** `self` tells which files are the open document itself, in whatever copy. */
  of(open: IndexedFile, tabs: readonly string[], self: (number: number) => boolean): Related;
}

/** Finds the files near a document by imports, folder and tabs; keeps what imports resolve to until paths change. */
export function createRelations(store: FileStore): Relations {
  let known = new WeakMap<IndexedFile, readonly number[]>();
  let version = -1;
  const importsOf = (file: IndexedFile): readonly number[] => {
    if (version !== store.pathsVersion) {
      known = new WeakMap();
      version = store.pathsVersion;
    }
    const targets = known.get(file) ?? file.imports.flatMap((one) => resolveImport(store, one, file));
    known.set(file, targets);
    return targets;
  };
  return {
    of(open, tabs, self) {
      const bits = new Map<number, number>();
      const add = (numbers: readonly number[], relation: Relation): void => {
        const bit = bitOf(relation);
        for (const number of numbers.slice(0, MAX_RELATED))
          if (!self(number)) bits.set(number, (bits.get(number) ?? 0) | bit);
      };
      const imported = importsOf(open);
      add(imported, 'imported');
      add(importersOf(store, open, importsOf), 'importer');
      add(store.numbersOf(tabs), 'open tab');
      add(store.inFolder(folderOf(open.path)), 'same folder');
      for (const number of imported.slice(0, MAX_RELATED)) {
        const file = store.file(number);
        if (file) add(importsOf(file), 'imported by an import');
      }
      return { bits, named: importedNames(store, open) };
    },
  };
}

const bitOf = (relation: Relation): number => 1 << relations.indexOf(relation);

export const strongest = (bits: number): Relation | undefined => relations.find((relation) => bits & bitOf(relation));

function importedNames(store: FileStore, open: IndexedFile): ReadonlyMap<string, readonly number[]> {
  const named = new Map<string, readonly number[]>();
  for (const one of open.imports) {
    const targets = resolveImport(store, one, open);
    for (const { local } of one.names) if (local !== '*') named.set(local, [...(named.get(local) ?? []), ...targets]);
  }
  return named;
}

/** Candidates are found by the name at the end of their imports, then asked what they resolve to. */
function importersOf(
  store: FileStore,
  open: IndexedFile,
  importsOf: (file: IndexedFile) => readonly number[],
): readonly number[] {
  const stem = stemOf(open.path);
  const folder = folderOf(open.path);
  const tail = ['index', '__init__', 'mod'].includes(stem) ? folder.slice(folder.lastIndexOf('/') + 1) : stem;
  const number = store.at(open.path);
  return store
    .importing(tail)
    .slice(0, MAX_RELATED)
    .filter((candidate) => {
      const file = store.file(candidate);
      return number !== undefined && file !== undefined && importsOf(file).includes(number);
    });
}
