import type { Import } from '../syntax/import-statement.ts';
import type { IndexedFile } from './indexed-file.ts';
import { type FileStore, folderOf, stemOf } from './store.ts';

/** Most files that one import can stand for: a Go package, a wildcard. */
const MAX_FILES = 40;

const scriptExtensions = ['', '.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.d.ts', '.json', '.vue'];

type Resolve = (store: FileStore, one: Import, from: IndexedFile) => readonly number[];

const byLanguage: Readonly<Record<string, Resolve>> = {
  typescript: script,
  typescriptreact: script,
  javascript: script,
  javascriptreact: script,
  python,
  java: dotted,
  kotlin: dotted,
  go,
  rust,
  csharp: namespace,
  c: include,
  cpp: include,
  ruby: include,
  shellscript: include,
  php,
};

/**
 * The files that an import of a file stands for, found by paths alone: no configuration is read, so an alias resolves
 * where the end of the path is telling enough. Empty for what is outside the index.
 */
export function resolveImport(store: FileStore, one: Import, from: IndexedFile): readonly number[] {
  const { languageId } = from.document;
  const resolve = Object.hasOwn(byLanguage, languageId) ? byLanguage[languageId] : undefined;
  return resolve ? resolve(store, one, from).slice(0, MAX_FILES) : [];
}

/** `./a`, `../b/index.js` (whose source may be `index.ts`), `@/a/b` and other aliases by their tails. */
function script(store: FileStore, { module }: Import, from: IndexedFile): readonly number[] {
  const bare = module.replace(/\.[cm]?jsx?$/, '');
  if (module.startsWith('.')) {
    const path = joined(folderOf(from.path), module);
    return first(store, [
      ...scriptExtensions.map((extension) => path + extension),
      ...scriptExtensions.map((extension) => joined(folderOf(from.path), bare) + extension),
      ...scriptExtensions.map((extension) => `${path}/index${extension}`),
    ]);
  }
  const tail = bare.replace(/^[@~#][^/]*\//, '');
  return tail.includes('/') ? [...ending(store, tail), ...ending(store, `${tail}/index`)].slice(0, 1) : [];
}

/** `a.b`, `..a`, and `from . import c`, where the name may be a module itself. */
function python(store: FileStore, { module, names }: Import, from: IndexedFile): readonly number[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const path = module.slice(dots).replaceAll('.', '/');
  const submodules = names.map(({ name }) => (path ? `${path}/${name}` : name));
  if (dots > 0) {
    const folder = joined(folderOf(from.path), '../'.repeat(dots - 1));
    const at = (tail: string): readonly number[] =>
      first(store, [
        `${joined(folder, tail)}.py`,
        `${joined(folder, tail)}/__init__.py`,
        `${joined(folder, tail)}.pyi`,
      ]);
    return unique([...(path ? at(path) : first(store, [joined(folder, '__init__.py')])), ...submodules.flatMap(at)]);
  }
  const by = (tail: string): readonly number[] =>
    [...ending(store, tail), ...ending(store, `${tail}/__init__`)].slice(0, 1);
  return path ? unique([...submodules.flatMap(by), ...by(path)]) : [];
}

/** Java and Kotlin: `a.b` with `C` is `a/b/C.java`; with `*` every file of `a/b`; of a static import `a.b.C` itself. */
function dotted(store: FileStore, { module, names }: Import): readonly number[] {
  const path = module.replaceAll('.', '/');
  const named = names.flatMap(({ name }) => (name === '*' ? [] : ending(store, `${path}/${name}`)));
  if (named.length > 0) return named;
  const owner = ending(store, path);
  return owner.length > 0 ? owner : names.some(({ name }) => name === '*') ? inFolderEnding(store, path) : [];
}

/** A package is a folder: the one whose path is the longest end of the import path. */
function go(store: FileStore, { module }: Import): readonly number[] {
  return inFolderEnding(store, module).filter((number) => !store.file(number)?.path.endsWith('_test.go'));
}

/** `crate::a::b`, `self::a`, `super::a`, `other_crate::a`; names may be modules or stand in the module's file. */
function rust(store: FileStore, { module, names }: Import, from: IndexedFile): readonly number[] {
  const segments = module.split('::').filter(Boolean);
  const folder = folderOf(from.path);
  const own = ['mod', 'lib', 'main'].includes(stemOf(from.path)) ? folder : `${folder}/${stemOf(from.path)}`;
  const source = /^(?:.*\/)?src(?=\/|$)/.exec(folder)?.[0] ?? folder;
  let root = source;
  if (segments[0] === 'self') root = own;
  else if (segments[0] === 'super') root = folderOf(own);
  const inside = segments.filter((segment) => !['crate', 'self', 'super'].includes(segment));
  const other = inside.length === segments.length ? inside[0] : undefined;
  const at = (path: readonly string[], base: string): readonly number[] => {
    const whole = [base, ...path].filter(Boolean).join('/');
    return first(store, [`${whole}.rs`, `${whole}/mod.rs`, `${whole}/lib.rs`]);
  };
  const under = (base: string, path: readonly string[], least = 0): readonly number[] => {
    const modules = names.flatMap(({ name }) => at([...path, name], base));
    for (let length = path.length; length >= least && modules.length === 0; length--) {
      const found = at(path.slice(0, length), base);
      if (found.length > 0) return found;
    }
    return modules;
  };
  if (other === undefined) return under(root, inside);
  // With nothing left of the path it would be the file itself.
  const local = under(own, inside, 1);
  if (local.length > 0) return local;
  const crates = [other, other.replaceAll('_', '-')].flatMap((name) => [...store.inFolder(`${name}/src`)]);
  const crate = store.file(crates[0] ?? -1);
  return crate ? under(folderOf(crate.path), inside.slice(1)) : [];
}

/** A namespace may be spread over many files; folders usually follow it. */
function namespace(store: FileStore, { module, names }: Import): readonly number[] {
  const named = names.flatMap(({ name }) => (name === '*' ? [] : [...store.named(name)]));
  return named.length > 0 ? named : store.inNamespace(module);
}

/** Relative to the file, else by the end of the path. */
function include(store: FileStore, { module }: Import, from: IndexedFile): readonly number[] {
  const path = joined(folderOf(from.path), module);
  const found = first(store, [path, `${path}.rb`, `${path}.sh`]);
  return found.length > 0 ? found : ending(store, module.replace(/^(?:\.{1,2}\/)+/, '')).slice(0, 1);
}

/** PSR-4: the end of the namespace is the folder; the file is named after the class. */
function php(store: FileStore, one: Import, from: IndexedFile): readonly number[] {
  if (one.module.includes('/')) return include(store, one, from);
  const folder = one.module.split('\\').at(-1) ?? '';
  return one.names.flatMap(({ name }) => {
    const all = store.named(name);
    const near = all.filter((number) => folderOf(store.file(number)?.path ?? '').endsWith(folder));
    return near.length > 0 ? near : all;
  });
}

/** `a/b` and `../c` to `a/c`; a path that leaves the root stays at it. */
function joined(folder: string, relative: string): string {
  const segments = folder.split('/').filter(Boolean);
  for (const segment of relative.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function first(store: FileStore, paths: readonly string[]): readonly number[] {
  for (const path of paths) {
    const number = store.at(path);
    if (number !== undefined) return [number];
  }
  return [];
}

/** Files whose path without extension, or as it is, ends in these segments; the shortest path first. */
function ending(store: FileStore, tail: string): readonly number[] {
  const matches = store.named(stemOf(tail)).filter((number) => {
    const path = `/${store.file(number)?.path ?? ''}`;
    return path.endsWith(`/${tail}`) || path.replace(/\.[^./]*$/, '').endsWith(`/${tail}`);
  });
  return matches.sort((a, b) => (store.file(a)?.path.length ?? 0) - (store.file(b)?.path.length ?? 0));
}

/** The files of the folder that shares the longest end with a module path, at least two segments or all it has. */
function inFolderEnding(store: FileStore, module: string): readonly number[] {
  const segments = module.split('/').filter(Boolean);
  let best: string | undefined;
  let longest = 0;
  for (const folder of store.foldersNamed(segments.at(-1) ?? '')) {
    const own = folder.split('/');
    let shared = 0;
    while (shared < own.length && own.at(-1 - shared) === segments.at(-1 - shared)) shared++;
    if (shared > longest && (shared > 1 || shared === own.length)) {
      best = folder;
      longest = shared;
    }
  }
  return best === undefined ? [] : store.inFolder(best);
}

const unique = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)];
