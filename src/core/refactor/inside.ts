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

const segmentsOf = (path: string): readonly string[] =>
  path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
