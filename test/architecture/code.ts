import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/toolchain.mjs';

/** Source files by their path from the root, `/` between segments. Real ones or planted ones: the rules cannot tell. */
export type Sources = ReadonlyMap<string, string>;

/** One file importing another, or a package. */
export interface Import {
  readonly from: string;
  /** Path from the root for a relative import, the specifier as written for anything else. */
  readonly to: string;
  /** What the import binds, as written between `import` and `from`; empty for dynamic and bare imports. */
  readonly clause: string;
  /** Whether it exists at run time, or for the compiler alone. */
  readonly runtime: boolean;
  /** Whether it is an `import()`. */
  readonly dynamic: boolean;
}

export interface Code {
  readonly sources: Sources;
  readonly imports: readonly Import[];
  /** Names of `IMPURE` that each file uses as globals. */
  readonly globals: ReadonlyMap<string, readonly string[]>;
}

/** What makes a run depend on anything but its arguments. The core gets each of these injected. */
const IMPURE = [
  'Date.now',
  'Math.random',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'process',
  'Buffer',
  'crypto',
  'console',
  'performance',
  'globalThis',
] as const;

export function readSources(folder: string): Sources {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = names.map((name) => posix.join(folder, name.replaceAll('\\', '/')));
  const files = paths.filter((path) => /\.(ts|mjs)$/.test(path) && !path.startsWith('test/fixtures/'));
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

export async function readCode(sources: Sources): Promise<Code> {
  const runtime = await runtimeImports(sources);
  const globals = new Map<string, string[]>();
  for (const [path, text] of sources) globals.set(path, await impureGlobals(text));
  return { sources, imports: [...runtime, ...[...sources].flatMap(typeImports)], globals };
}

/**
 * What esbuild found when it resolved every file. Each file is an entry and each import is external, so that one
 * broken file does not hide the others.
 */
async function runtimeImports(sources: Sources): Promise<Import[]> {
  const { metafile } = await esbuild.build({
    entryPoints: [...sources.keys()],
    bundle: true,
    write: false,
    format: 'esm',
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
    plugins: [inMemory(sources)],
    // Otherwise imports that only types use would be dropped, and planted files use nothing of what they import.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  return Object.entries(metafile.inputs).flatMap(([input, { imports }]) => {
    const from = input.replace(/^memory:/, '');
    return imports.map(({ path: to, kind }) => ({
      from,
      to,
      runtime: true,
      dynamic: kind === 'dynamic-import',
      clause: clauseOf(sources.get(from) ?? '', from, to),
    }));
  });
}

const inMemory = (sources: Sources): esbuild.Plugin => ({
  name: 'in-memory',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) =>
      // esbuild puts `./` before an entry that also exists on disk.
      kind === 'entry-point'
        ? { path: posix.normalize(path), namespace: 'memory' }
        : { path: resolved(importer, path), external: true },
    );
    build.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => {
      const contents = sources.get(path);
      return contents === undefined ? { errors: [{ text: `no source ${path}` }] } : { contents, loader: 'ts' };
    });
  },
});

const STATIC_IMPORT = /^(?:import|export)\s+([^'";]*?)\s*from\s*['"]([^'"]+)['"]/gm;

/** esbuild drops what only the compiler sees, so these are read from the text: `import type`, `export type … from`, `import('…').T`. */
function typeImports([from, text]: readonly [string, string]): Import[] {
  const whole = [...text.matchAll(STATIC_IMPORT)].filter(([, clause]) => clause?.startsWith('type '));
  const found = whole.map(([, clause = '', specifier = '']) => ({ clause, specifier }));
  // `typeof import('x')` and `import('x').T` have no run time; dynamic imports of that form are found again, which does no harm.
  const inline = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, specifier = '']) => ({
    clause: '',
    specifier,
  }));
  return [...found, ...inline].map(({ clause, specifier }) => ({
    from,
    to: resolved(from, specifier),
    clause,
    runtime: false,
    dynamic: false,
  }));
}

function clauseOf(text: string, from: string, to: string): string {
  const statics = [...text.matchAll(STATIC_IMPORT)].filter(([, , specifier = '']) => resolved(from, specifier) === to);
  return statics.map(([, clause]) => clause).join(', ');
}

const resolved = (importer: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(importer), specifier) : specifier;

/**
 * esbuild replaces a defined name only where it is the global one: not in a string, a comment or a regular expression,
 * nor where a parameter has the same name. So each is defined as a mark that is looked for afterwards.
 */
async function impureGlobals(text: string): Promise<string[]> {
  const mark = (name: string): string => `impure__${name.replace('.', '__')}`;
  const define = Object.fromEntries(IMPURE.map((name) => [name, mark(name)]));
  const { code } = await esbuild.transform(text, { loader: 'ts', define, logLevel: 'silent' });
  const used: string[] = IMPURE.filter((name) => new RegExp(`\\b${mark(name)}\\b`).test(code));
  return /\bnew Date\(\)/.test(code) ? [...used, 'new Date()'] : used;
}
