import { cleanPath } from './path-forms.ts';

/** A git remote as rules see it. */
export interface RemoteName {
  /** `host/group/repository`: no scheme, user, port or `.git`; the host in lower case. */
  readonly name: string;
  /**
   * - `host`: the name says where the repository is.
   * - `alias`: the host cannot be a DNS name, so it stands for another one in somebody's ssh or git configuration.
   * - `local`: a path on this machine, which says nothing about where its content came from.
   */
  readonly kind: 'host' | 'alias' | 'local';
}

/** Normalises `ssh://git@host:22/g/r.git`, `https://user@host/g/r`, `git@host:g/r.git` and paths to one form. */
export function remoteName(url: string): RemoteName {
  const text = url.trim().replace(/^(?:[a-z0-9-]+::)/i, '');
  const located = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i.exec(text);
  if (located) {
    const [, scheme = '', authority = '', path = ''] = located;
    if (scheme.toLowerCase() === 'file' || authority === '') return { name: cleanPath(path), kind: 'local' };
    return named(hostOf(authority), decoded(path));
  }
  // scp form: a colon before the first slash, but no drive letter (git-scm.com/docs/git-clone#_git_urls).
  const scp = /^(?:[^@/\\]*@)?(\[[^\]]+\]|[^:/\\@]{2,}):(.*)$/.exec(text);
  if (scp) return named(hostOf(scp[1] ?? ''), scp[2] ?? '');
  return { name: cleanPath(text), kind: 'local' };
}

/** A pattern over remotes in the form of the names it is held against, however its author wrote it. */
export function remotePattern(pattern: string): string {
  const bare = pattern
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?:\d+(?=\/))?\/?/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '');
  const slash = bare.indexOf('/');
  return slash < 0 ? `${bare.toLowerCase()}/**` : bare.slice(0, slash).toLowerCase() + bare.slice(slash);
}

/** What follows the host of a name or pattern. */
export const afterHost = (name: string): string => name.slice(name.indexOf('/') + 1);

function named(host: string, path: string): RemoteName {
  const clean = cleanPath(path)
    .replace(/^\/+/, '')
    .replace(/\.git$/i, '');
  return { name: `${host}/${clean}`, kind: isDnsName(host) ? 'host' : 'alias' };
}

function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  return decoded(host).normalize('NFKC').toLowerCase().replace(/\.+$/, '');
}

/** No top-level domain has a hyphen (but for `xn--`), so `github.com-work` is an alias, and so is a single label. */
function isDnsName(host: string): boolean {
  if (/^\[.*\]$|^[\d.]+$/.test(host)) return true;
  const last = host.slice(host.lastIndexOf('.') + 1);
  return host.includes('.') && (!last.includes('-') || last.startsWith('xn--'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray % is no escape.
  }
}
