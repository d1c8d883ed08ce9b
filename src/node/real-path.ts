import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './system-error.ts';

/**
 * The absolute path of a file after every symbolic link. For a file that does not exist yet, of the nearest folder that does,
 * with the rest appended. Rejects when a folder on the way cannot be read, and for a link that leads nowhere: whoever
 * writes through it would create a file that nobody looked at.
 */
export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path || (await exists(path))) throw error;
    return join(await realPath(parent), basename(path));
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
