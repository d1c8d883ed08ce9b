/**
 * Whether a file lies in a folder. Both are absolute paths after every symbolic link was followed; whole segments are
 * compared, so that `/w/app-secrets` is not inside `/w/app`.
 */
export function isInside(realFile: string, realFolder: string): boolean {
  const file = segmentsOf(realFile);
  const folder = segmentsOf(realFolder);
  if (file.includes('..') || folder.includes('..')) return false;
  return folder.length < file.length && folder.every((segment, index) => segment === file[index]);
}

/**
 * The path of a file from its folder's own name on. The name counts because `.vscode` itself may be opened as a folder; what
 * lies above it says nothing about the file.
 */
export const pathInside = (file: string, folder: string): string =>
  segmentsOf(file)
    .slice(Math.max(0, segmentsOf(folder).length - 1))
    .join('/');

const segmentsOf = (path: string): readonly string[] =>
  path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
