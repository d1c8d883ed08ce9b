import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realPath } from '../../src/node/real-path.ts';

describe('realPath', () => {
  let root = '';
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'postern-')));
    mkdirSync(join(root, 'inside/src'), { recursive: true });
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside/secret.txt'), '');
    symlinkSync(join(root, 'outside'), join(root, 'inside/folder-link'));
    symlinkSync(join(root, 'outside/secret.txt'), join(root, 'inside/file-link.txt'));
    symlinkSync(join(root, 'outside/not-there.txt'), join(root, 'inside/dangling.txt'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['a file that is not there yet', 'inside/src/new.ts', 'inside/src/new.ts'],
    ['folders that are not there yet', 'inside/a/b/new.ts', 'inside/a/b/new.ts'],
    ['a link to a file', 'inside/file-link.txt', 'outside/secret.txt'],
    ['a new file below a linked folder', 'inside/folder-link/new.ts', 'outside/new.ts'],
    ['dots', 'inside/src/../../outside/secret.txt', 'outside/secret.txt'],
  ])('follows %s', async (_name, path, real) => {
    expect(await realPath(`${root}/${path}`)).toBe(join(root, real));
  });

  it('refuses a link that leads nowhere', async () => {
    await expect(realPath(join(root, 'inside/dangling.txt'))).rejects.toThrow();
  });
});
