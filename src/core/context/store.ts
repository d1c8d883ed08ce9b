import type { IndexedFile } from './indexed-file.ts';

/** Where a definition stands: a file and a place in its `definitions`. */
export interface DefinitionPlace {
  readonly file: number;
  readonly place: number;
}

/** The indexed files, by number, with the ways to find them. Numbers of removed files are used again. */
export interface FileStore {
  put(file: IndexedFile): void;
  remove(uri: string): void;
  byUri(uri: string): IndexedFile | undefined;
  file(number: number): IndexedFile | undefined;
  /** Numbers of those of these documents that are indexed. */
  numbersOf(uris: readonly string[]): readonly number[];
  /** Numbers of the files that hold a word. */
  holding(word: number): readonly number[];
  defining(word: number): readonly DefinitionPlace[];
  at(path: string): number | undefined;
  /** Files directly in a folder; `''` is the root. */
  inFolder(folder: string): readonly number[];
  /** Paths of the folders with this name that hold files. */
  foldersNamed(name: string): Iterable<string>;
  /** Files with this name, without its extension. */
  named(stem: string): readonly number[];
  /** Files one of whose imports ends in this name. */
  importing(tail: string): readonly number[];
  /** Files that say that they belong to a namespace or package. */
  inNamespace(name: string): readonly number[];
  /** Changes when a path comes or goes. */
  readonly pathsVersion: number;
  /** Numbers below this are in use or were. */
  readonly bound: number;
  readonly count: number;
  /** UTF-16 code units of all texts. */
  readonly characters: number;
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.[^.]*$/, '');
export const tailOf = (module: string): string => stemOf(module.replace(/(?:::|\.(?=[A-Za-z_]\w*$)|\\)/g, '/'));

export function createFileStore(): FileStore {
  const files: (IndexedFile | undefined)[] = [];
  const free: number[] = [];
  const uris = new Map<string, number>();
  const paths = new Map<string, number>();
  const holding: number[][] = [];
  const defining = new Map<number, DefinitionPlace[]>();
  const folders = new Map<string, number[]>();
  const stems = new Map<string, number[]>();
  const tails = new Map<string, number[]>();
  const namespaces = new Map<string, number[]>();
  // By the last segment of its path, each folder with the number of its files.
  const folderNames = new Map<string, Map<string, number>>();
  let characters = 0;
  let pathsVersion = 0;

  const countFolder = (folder: string, change: 1 | -1): void => {
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const known = folderNames.get(name) ?? new Map<string, number>();
    const count = (known.get(folder) ?? 0) + change;
    if (count > 0) known.set(folder, count);
    else known.delete(folder);
    folderNames.set(name, known);
  };

  const take = (uri: string): void => {
    const number = uris.get(uri);
    const file = number === undefined ? undefined : files[number];
    if (number === undefined || !file) return;
    uris.delete(uri);
    if (paths.get(file.path) === number) paths.delete(file.path);
    for (const word of file.distinct) drop(holding[word], number);
    for (const { word } of file.definitions) {
      const left = defining.get(word)?.filter((definition) => definition.file !== number) ?? [];
      if (left.length > 0) defining.set(word, left);
      else defining.delete(word);
    }
    for (const [map, key] of keysOf(file)) dropFrom(map, key, number);
    countFolder(folderOf(file.path), -1);
    characters -= file.document.text.length;
    files[number] = undefined;
    free.push(number);
  };

  const keysOf = (file: IndexedFile): readonly (readonly [Map<string, number[]>, string])[] => [
    [folders, folderOf(file.path)],
    [stems, stemOf(file.path)],
    ...[...new Set(file.imports.map(({ module }) => tailOf(module)))].map((tail) => [tails, tail] as const),
    ...[...namespacesOf(file)].map((name) => [namespaces, name] as const),
  ];

  return {
    put(file) {
      const before = files[uris.get(file.document.uri) ?? -1];
      if (before?.path !== file.path) pathsVersion++;
      if (before) take(file.document.uri);
      const number = free.pop() ?? files.length;
      files[number] = file;
      uris.set(file.document.uri, number);
      paths.set(file.path, number);
      for (const word of file.distinct) (holding[word] ??= []).push(number);
      for (const [place, { word }] of file.definitions.entries()) addTo(defining, word, { file: number, place });
      for (const [map, key] of keysOf(file)) addTo(map, key, number);
      countFolder(folderOf(file.path), 1);
      characters += file.document.text.length;
    },
    remove(uri) {
      if (uris.has(uri)) pathsVersion++;
      take(uri);
    },
    byUri: (uri) => files[uris.get(uri) ?? -1],
    file: (number) => files[number],
    numbersOf: (all) => all.flatMap((uri) => uris.get(uri) ?? []),
    holding: (word) => holding[word] ?? [],
    defining: (word) => defining.get(word) ?? [],
    at: (path) => paths.get(path),
    inFolder: (folder) => folders.get(folder) ?? [],
    foldersNamed: (name) => folderNames.get(name)?.keys() ?? [],
    named: (stem) => stems.get(stem) ?? [],
    importing: (tail) => tails.get(tail) ?? [],
    inNamespace: (name) => namespaces.get(name) ?? [],
    get pathsVersion() {
      return pathsVersion;
    },
    get bound() {
      return files.length;
    },
    get count() {
      return uris.size;
    },
    get characters() {
      return characters;
    },
  };
}

function namespacesOf(file: IndexedFile): ReadonlySet<string> {
  return new Set(file.definitions.filter(({ symbol }) => symbol.kind === 'namespace').map(({ symbol }) => symbol.name));
}

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Order does not matter in these lists, so the last takes the place of the one that goes. */
function drop(list: number[] | undefined, value: number): void {
  const at = list?.indexOf(value) ?? -1;
  const last = at < 0 ? undefined : list?.pop();
  if (list && last !== undefined && at < list.length) list[at] = last;
}

function dropFrom(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  drop(list, value);
  if (list?.length === 0) map.delete(key);
}
