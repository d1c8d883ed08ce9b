import picomatch from 'picomatch/posix.js';
import { cleanPath, type PathForms } from './path-forms.ts';

// Path patterns of a policy, in the words of picomatch: `*`, `**`, `?`, `[…]`, `{a,b}`.
// - A pattern without `/` holds in every folder, as in .gitignore: `*.pem` is `**/*.pem`.
// - A pattern whose last segment has no wildcard covers everything below it too: `**/hsm` is a file or a whole folder.
// - A pattern with `/` holds from the workspace folder. One that names two segments or more, such as `src/hsm/**` or
//   `{src,lib}/*/hsm/**`, protects in absolute paths too, wherever they hold it: another folder may be open than its author
//   had, and a link may lead there. `build/**` does not: it would take every `build` on the machine.
// - A leading `/` or `./` and a trailing `/` are allowed and mean what they mean in .gitignore.

export interface Glob {
  /** Holds for the path exactly as it is written. */
  exactly(path: string): boolean;
  /** Holds for the path in any case; for an absolute one, at any depth. */
  loosely(path: string): boolean;
}

/** Compiles a path pattern. One that cannot be compiled holds loosely for everything and exactly for nothing. */
export function compileGlob(pattern: string): Glob {
  const variants = pathVariants(pattern);
  return compile(variants);
}

/** Compiles a pattern over `host/group/repository`. Nothing but the pattern itself is meant. */
export function compileRemoteGlob(pattern: string): Glob {
  return compile([pattern]);
}

/** What is wrong with a pattern, in words; undefined when it can be used. */
export function globProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'is empty, so it would match nothing';
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  if (pattern.startsWith('!')) return 'begins with "!"; patterns cannot be negated, list what is meant instead';
  if (pattern.includes('\\')) return 'has a "\\"; write "/" between folders';
  return compiles(pattern) ? undefined : 'is not a pattern that can be read';
}

const MAX_PATTERN = 512;

/** Which of the forms of a path a pattern holds for. `exact` is certain; `loose` is possible. */
export function holdsForPath(glob: Glob, forms: PathForms): { readonly exact: boolean; readonly loose: boolean } {
  const exact = forms.plain !== undefined && forms.plain !== '' && glob.exactly(forms.plain);
  return { exact, loose: exact || forms.all.some((form) => glob.loosely(form)) };
}

function pathVariants(pattern: string): readonly string[] {
  const folder = /\/+$/.test(pattern);
  const anchored = /^\.?\//.test(pattern);
  const bare = pattern.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  const rooted = anchored || bare.includes('/') ? bare : `**/${bare}`;
  const last = bare.slice(bare.lastIndexOf('/') + 1);
  if (folder) return [`${rooted}/**`];
  return /[*?[\]{}()!+@]/.test(last) ? [rooted] : [rooted, `${rooted}/**`];
}

function compile(patterns: readonly string[]): Glob {
  if (patterns.some((pattern) => pattern.length > MAX_PATTERN + 4 || !compiles(pattern)))
    return { exactly: () => false, loosely: () => true };
  const exact = picomatch([...patterns], OPTIONS);
  const all = [...patterns, ...patterns.map(cleanPath)];
  const loose = picomatch(all, { ...OPTIONS, nocase: true });
  const named = all.map((pattern) => pattern.replace(/^\/+/, '')).filter((pattern) => namesTwo(pattern));
  const deep =
    named.length > 0 &&
    picomatch(
      named.map((pattern) => `**/${pattern}`),
      { ...OPTIONS, nocase: true },
    );
  return {
    exactly: (path) => exact(path),
    loosely: (path) => loose(path) || (deep !== false && path.startsWith('/') && deep(path)),
  };
}

/** Whether two segments or more say something of a name. */
const namesTwo = (pattern: string): boolean =>
  pattern.split('/').filter((part) => /[\p{L}\p{N}]/u.test(part)).length > 1;

const OPTIONS = { dot: true, nonegate: true, windows: false, strictBrackets: true } as const;

function compiles(pattern: string): boolean {
  try {
    picomatch.makeRe(pattern, { ...OPTIONS, debug: true });
    return true;
  } catch {
    return false;
  }
}
