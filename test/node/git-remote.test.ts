import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remoteUrls } from '../../src/node/git-config.ts';
import { createRepositories, type Repositories } from '../../src/node/git-remote.ts';

let folder: string;
let now: number;
let repositories: Repositories;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-git-')));
  now = 0;
  repositories = createRepositories(() => now);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text = ''): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function repository(path: string, url: string): void {
  put(`${path}/.git/HEAD`, 'ref: refs/heads/main\n');
  put(`${path}/.git/config`, `[remote "origin"]\n\turl = ${url}\n`);
}

describe('remotesOf', () => {
  it('finds the repository above a file, there or not, and of a folder', async () => {
    repository('r', 'https://git.example/a/b.git');
    for (const path of [put('r/src/deep/a.ts'), join(folder, 'r/src/not/yet.ts'), join(folder, 'r')])
      expect(await repositories.remotesOf(path)).toEqual(['https://git.example/a/b.git']);
  });

  it('gives none outside every repository', async () => expect(await repositories.remotesOf(put('a.ts'))).toEqual([]));

  it('takes the nearest repository', async () => {
    repository('r', 'https://git.example/outer/r');
    repository('r/inner', 'https://git.example/inner/r');
    expect(await repositories.remotesOf(put('r/inner/a.ts'))).toEqual(['https://git.example/inner/r']);
  });

  it('reads linked worktrees and submodules', async () => {
    repository('r', 'https://git.example/a/b');
    put('r/.git/worktrees/w/commondir', '../..\n');
    put('w/.git', `gitdir: ${join(folder, 'r/.git/worktrees/w')}\n`);
    expect(await repositories.remotesOf(put('w/a.ts'))).toEqual(['https://git.example/a/b']);
    put('r/.git/modules/s/config', '[remote "origin"]\n\turl = https://git.example/s/s\n');
    put('r/s/.git', 'gitdir: ../.git/modules/s\n');
    expect(await repositories.remotesOf(put('r/s/a.ts'))).toEqual(['https://git.example/s/s']);
  });

  it('joins the repository of a link and the one it leads to', async () => {
    repository('open', 'https://git.example/open/o');
    repository('closed', 'https://git.example/closed/c');
    const real = put('closed/a.ts');
    symlinkSync(real, join(folder, 'open/a.ts'));
    const provenance = await repositories.provenanceOf(join(folder, 'open/a.ts'), true);
    expect(provenance).toEqual({
      remotes: ['https://git.example/open/o', 'https://git.example/closed/c'],
      realPath: real,
    });
    expect(await repositories.provenanceOf(join(folder, 'open'), false)).toEqual({
      remotes: ['https://git.example/open/o'],
    });
  });

  it('does not guess where a configuration cannot be read', async () => {
    put('broken/.git', 'no such thing\n');
    expect(await repositories.remotesOf(put('broken/a.ts'))).toBe('unknown');
    put('lost/.git', 'gitdir: ../nowhere\n');
    expect(await repositories.remotesOf(put('lost/a.ts'))).toBe('unknown');
    put('bare/.git/HEAD', 'ref: refs/heads/main\n');
    expect(await repositories.remotesOf(put('bare/a.ts'))).toBe('unknown');
    put('large/.git/HEAD');
    put('large/.git/config', '#'.repeat(1_000_001));
    expect(await repositories.remotesOf(put('large/a.ts'))).toBe('unknown');
  });

  it('looks again after two seconds, or when it is told', async () => {
    const file = put('r/a.ts');
    expect(await repositories.remotesOf(file)).toEqual([]);
    repository('r', 'https://git.example/a/b');
    expect(await repositories.remotesOf(file)).toEqual([]);
    now += 2001;
    expect(await repositories.remotesOf(file)).toEqual(['https://git.example/a/b']);
    repository('r', 'https://git.example/c/d');
    repositories.forget();
    expect(await repositories.remotesOf(file)).toEqual(['https://git.example/c/d']);
  });
});

const configurations: readonly (readonly [text: string, expected: readonly string[] | 'unknown'])[] = [
  ['', []],
  ['[core]\n\turl = x\n', []],
  ['[remote "up"]\n url = a:b\n[remote "origin"]\n url = c:d\n', ['c:d', 'a:b']],
  ['[remote "o"]\r\n\turl = a:b\r\n\tpushurl = c:d\r\n', ['a:b', 'c:d']],
  ['[REMOTE "o"]\n\tURL=a:b # why\n', ['a:b']],
  ['[remote "o"] url = a:b\n', ['a:b']],
  ['[remote "o"]\n\turl = "a:b ; c" ; comment\n', ['a:b ; c']],
  ['[remote "o"]\n\turl = a:\\\nb\n', ['a:b']],
  ['[remote "a \\"q\\" ]"]\n\turl = a:b\n', ['a:b']],
  ['[url "https://git.example/"]\n\tinsteadOf = gh:\n[remote "o"]\n\turl = gh:x/y\n', ['https://git.example/x/y']],
  ['[include]\n\tpath = ../other\n', 'unknown'],
  ['[includeIf "gitdir:/x"]\n\tpath = ../other\n', 'unknown'],
  ['[remote "o\n\turl = a:b\n', 'unknown'],
];

it.each(configurations)('remotes of %j', (text, expected) => expect(remoteUrls(text)).toEqual(expected));
