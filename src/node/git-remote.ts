import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Provenance } from '../core/admission/admit.ts';
import { remoteUrls } from './git-config.ts';
import { codeOf } from './system-error.ts';

/** Where files come from, read from the repositories' own configuration without starting git. */
export interface Repositories {
  /**
   * URLs of all remotes of the repository that holds a file or folder, `origin` first; empty outside every repository.
   * `unknown` when there is a repository whose configuration cannot be read whole. Never rejects.
   */
  remotesOf(fsPath: string): Promise<readonly string[] | 'unknown'>;
  /** The remotes and, when the path is the document itself and no folder that stands for it, where it really is. Never rejects. */
  provenanceOf(fsPath: string, isDocument: boolean): Promise<Provenance>;
  /** Forgets everything, such as after the workspace folders changed. */
  forget(): void;
}

/** How long an answer is believed without looking at the file system again, in milliseconds. */
const FRESH_MS = 2000;
const MAX_CONFIG_BYTES = 1_000_000;
const MOST_FOLDERS = 5000;

type Remotes = Provenance['remotes'];

interface Known {
  readonly at: number;
  readonly remotes: Promise<Remotes>;
}

/** `now` in monotonic milliseconds. */
export function createRepositories(now: () => number): Repositories {
  const folders = new Map<string, Known>();
  const inFolder = (folder: string): Promise<Remotes> => {
    const known = folders.get(folder);
    if (known && now() - known.at < FRESH_MS) return known.remotes;
    if (folders.size >= MOST_FOLDERS) folders.clear();
    const remotes = lookUp(folder);
    folders.set(folder, { at: now(), remotes });
    return remotes;
  };
  return {
    remotesOf: async (fsPath) => (await whereabouts(fsPath, inFolder)).remotes,
    async provenanceOf(fsPath, isDocument) {
      const { remotes, realPath } = await whereabouts(fsPath, inFolder);
      return isDocument && realPath !== undefined ? { remotes, realPath } : { remotes };
    },
    forget: () => folders.clear(),
  };
}

/**
 * A file belongs to the repository that it really lies in; when a link brings it into another one, to that one too, since
 * a rule for either is meant for it.
 */
async function whereabouts(fsPath: string, inFolder: (folder: string) => Promise<Remotes>): Promise<Provenance> {
  const [realPath, isFolder] = await Promise.all([realPathOf(fsPath), isDirectory(fsPath)]);
  const paths = realPath === undefined ? [fsPath] : [fsPath, realPath];
  const folders = new Set(isFolder ? paths : paths.map((path) => dirname(path)));
  const found = await Promise.all([...folders].map(inFolder));
  const remotes = found.includes('unknown') ? 'unknown' : [...new Set(found.flat())];
  return realPath === undefined ? { remotes } : { remotes, realPath };
}

/** Undefined when the file is not there yet. */
async function realPathOf(fsPath: string): Promise<string | undefined> {
  try {
    return await realpath(fsPath);
  } catch {
    return undefined; // Its written path is held against every rule all the same.
  }
}

async function isDirectory(fsPath: string): Promise<boolean> {
  try {
    return (await stat(fsPath)).isDirectory();
  } catch {
    return false; // Not there yet: its folder is looked at.
  }
}

async function lookUp(folder: string): Promise<Remotes> {
  try {
    const gitFolder = await findGitFolder(folder);
    if (gitFolder === undefined) return [];
    const common = await commonFolder(gitFolder);
    const texts = await Promise.all([join(common, 'config'), join(gitFolder, 'config.worktree')].map(configText));
    const urls: string[] = [];
    for (const text of texts) {
      const found = remoteUrls(text ?? '');
      if (found === 'unknown') return 'unknown';
      urls.push(...found);
    }
    return texts[0] === undefined ? 'unknown' : [...new Set(urls)];
  } catch {
    return 'unknown'; // A value that the caller must look at: rules treat it as doubt, which raises the class.
  }
}

/** `.git` of the nearest folder upwards that has one: itself, or what a worktree's or submodule's `.git` file names. */
async function findGitFolder(start: string): Promise<string | undefined> {
  for (let folder = start; ; folder = dirname(folder)) {
    const dotGit = join(folder, '.git');
    const found = await statsOf(dotGit);
    if (found?.isDirectory() && (await statsOf(join(dotGit, 'HEAD')))) return dotGit;
    if (found?.isFile()) {
      const named = /^gitdir: (.+?)[\r\n]*$/.exec(await readSmall(dotGit))?.[1];
      if (named === undefined) throw new Error('a .git file that names no folder');
      return isAbsolute(named) ? named : resolve(folder, named);
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** A linked worktree shares the configuration of the main one, which its `commondir` names. */
async function commonFolder(gitFolder: string): Promise<string> {
  const path = join(gitFolder, 'commondir');
  if (!(await statsOf(path))) return gitFolder;
  return resolve(gitFolder, (await readSmall(path)).trim());
}

async function configText(path: string): Promise<string | undefined> {
  return (await statsOf(path)) ? readSmall(path) : undefined;
}

async function statsOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const code = codeOf(error);
    // A link that leads nowhere is not the same as nothing.
    if ((code === 'ENOENT' && !(await isLink(path))) || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false; // It is not there, as the caller's error says.
  }
}

async function readSmall(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_CONFIG_BYTES) throw new Error('larger than any configuration');
  return readFile(path, 'utf8');
}
