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
const tailOf = (module: string): string => stemOf(module.replace(/(?:::|\.(?=[A-Za-z_]\w*$)|\\)/g, '/'));

export function createFileStore(): FileStore {
  return new Files();
}

class Files implements FileStore {
  readonly #files: (IndexedFile | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #uris = new Map<string, number>();
  readonly #paths = new Map<string, number>();
  readonly #holding: number[][] = [];
  readonly #defining = new Map<number, DefinitionPlace[]>();
  readonly #folders = new Map<string, number[]>();
  readonly #stems = new Map<string, number[]>();
  readonly #tails = new Map<string, number[]>();
  readonly #namespaces = new Map<string, number[]>();
  /** By the last segment of its path, each folder with the number of its files. */
  readonly #folderNames = new Map<string, Map<string, number>>();
  #characters = 0;
  #pathsVersion = 0;

  put(file: IndexedFile): void {
    const before = this.byUri(file.document.uri);
    if (before?.path !== file.path) this.#pathsVersion++;
    if (before) this.#take(file.document.uri);
    const number = this.#free.pop() ?? this.#files.length;
    this.#files[number] = file;
    this.#uris.set(file.document.uri, number);
    this.#paths.set(file.path, number);
    for (const word of file.distinct) {
      const holders = this.#holding[word];
      if (holders) holders.push(number);
      else this.#holding[word] = [number];
    }
    for (const [place, { word }] of file.definitions.entries()) addTo(this.#defining, word, { file: number, place });
    for (const [map, key] of this.#keysOf(file)) addTo(map, key, number);
    this.#countFolder(folderOf(file.path), 1);
    this.#characters += file.document.text.length;
  }

  remove(uri: string): void {
    if (this.#uris.has(uri)) this.#pathsVersion++;
    this.#take(uri);
  }

  byUri(uri: string): IndexedFile | undefined {
    return this.#files[this.#uris.get(uri) ?? -1];
  }

  file(number: number): IndexedFile | undefined {
    return this.#files[number];
  }

  numbersOf(uris: readonly string[]): readonly number[] {
    return uris.flatMap((uri) => this.#uris.get(uri) ?? []);
  }

  holding(word: number): readonly number[] {
    return this.#holding[word] ?? [];
  }

  defining(word: number): readonly DefinitionPlace[] {
    return this.#defining.get(word) ?? [];
  }

  at(path: string): number | undefined {
    return this.#paths.get(path);
  }

  inFolder(folder: string): readonly number[] {
    return this.#folders.get(folder) ?? [];
  }

  foldersNamed(name: string): Iterable<string> {
    return this.#folderNames.get(name)?.keys() ?? [];
  }

  named(stem: string): readonly number[] {
    return this.#stems.get(stem) ?? [];
  }

  importing(tail: string): readonly number[] {
    return this.#tails.get(tail) ?? [];
  }

  inNamespace(name: string): readonly number[] {
    return this.#namespaces.get(name) ?? [];
  }

  get pathsVersion(): number {
    return this.#pathsVersion;
  }

  get bound(): number {
    return this.#files.length;
  }

  get count(): number {
    return this.#uris.size;
  }

  get characters(): number {
    return this.#characters;
  }

  #take(uri: string): void {
    const number = this.#uris.get(uri);
    const file = number === undefined ? undefined : this.#files[number];
    if (number === undefined || !file) return;
    this.#uris.delete(uri);
    if (this.#paths.get(file.path) === number) this.#paths.delete(file.path);
    for (const word of file.distinct) drop(this.#holding[word], number);
    for (const { word } of file.definitions) {
      const left = this.defining(word).filter((definition) => definition.file !== number);
      if (left.length > 0) this.#defining.set(word, left);
      else this.#defining.delete(word);
    }
    for (const [map, key] of this.#keysOf(file)) dropFrom(map, key, number);
    this.#countFolder(folderOf(file.path), -1);
    this.#characters -= file.document.text.length;
    this.#files[number] = undefined;
    this.#free.push(number);
  }

  #keysOf(file: IndexedFile): readonly (readonly [Map<string, number[]>, string])[] {
    const tails = new Set(file.imports.map(({ module }) => tailOf(module)));
    return [
      [this.#folders, folderOf(file.path)],
      [this.#stems, stemOf(file.path)],
      ...[...tails].map((tail) => [this.#tails, tail] as const),
      ...[...namespacesOf(file)].map((name) => [this.#namespaces, name] as const),
    ];
  }

  #countFolder(folder: string, change: 1 | -1): void {
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const known = this.#folderNames.get(name) ?? new Map<string, number>();
    const count = (known.get(folder) ?? 0) + change;
    if (count > 0) known.set(folder, count);
    else known.delete(folder);
    this.#folderNames.set(name, known);
  }
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
