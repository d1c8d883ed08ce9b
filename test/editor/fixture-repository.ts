import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sources of zod (MIT), which its package carries: 108 real TypeScript files, there offline after `npm ci`. */
const ORIGIN = fileURLToPath(new URL('../../node_modules/zod/', import.meta.url));
const COPIED = ['src/index.ts', 'src/v4', 'LICENSE', 'README.md'];

export interface FixtureRepository {
  /** Absolute path of the repository. */
  readonly folder: string;
  /** Writes a file of the work tree, with the folders it needs. */
  readonly write: (path: string, text: string) => void;
  readonly remove: () => void;
}

export interface FixtureOptions {
  /** URL of the remote `origin`, by which policy can tell the repository's class. */
  readonly remote?: string;
  /** Files that are committed besides the copied ones, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * A real repository in a temporary folder, committed, for one test. It is the caller's to remove. File names that the
 * tests like to open: `src/v4/core/util.ts` (1,293 lines), `src/v4/core/doc.ts` (52 lines), `src/v4/core/parse.ts`.
 */
export function copyFixtureRepository(options: FixtureOptions = {}): FixtureRepository {
  // Real path: on macOS the temporary folder is behind a link, and VS Code compares paths.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-fixture-')));
  for (const path of COPIED) {
    const keep = (source: string): boolean => !source.includes('/tests');
    cpSync(join(ORIGIN, path), join(folder, path), { recursive: true, filter: keep });
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('tsconfig.json', JSON.stringify(TSCONFIG, null, 2));
  write('package.json', JSON.stringify({ name: 'fixture', version: '1.0.0', type: 'module', private: true }, null, 2));
  for (const [path, text] of Object.entries(options.files ?? {})) write(path, text);
  commit(folder, options.remote ?? 'https://git.example.com/platform/fixture.git');
  return {
    folder,
    write,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
  },
  include: ['src'],
};

function commit(folder: string, remote: string): void {
  const author = ['-c', 'user.name=Fixture', '-c', 'user.email=fixture@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', remote);
  git('add', '--all');
  git(...author, 'commit', '--quiet', '--no-verify', '--message=As published');
}
