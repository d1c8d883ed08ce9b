/** Where a document stands, in every way that is known. */
export interface Place {
  /** Path inside its workspace folder, as in `Snapshot.path`; empty for text that stands in no file. */
  readonly path: string;
  /** URI of the document, as in `Snapshot.uri`. */
  readonly uri: string;
  /** Absolute path after every symbolic link, where somebody looked. */
  readonly realPath?: string;
}

/** The ways to write a document's path that patterns are held against. */
export interface PathForms {
  /** The path as the editor gives it, for rules that grant something; undefined when it may be written in a misleading way. */
  readonly plain: string | undefined;
  /** Every form, cleaned, for rules that protect something. Absolute ones begin with `/`. */
  readonly all: readonly string[];
}

/**
 * All forms of a document's path. The absolute ones are there because a person may open `secrets/` itself as the
 * workspace folder, or a single file outside every folder; a pattern for `secrets` must hold there too.
 */
export function pathForms(place: Place): PathForms {
  const cleaned = cleanPath(place.path);
  const absolute = absolutePathOf(place.uri);
  const all = [place.path, cleaned, absolute, place.realPath, insideFolder(cleaned, absolute, place.realPath)]
    .filter((form) => form !== undefined && form !== '')
    .flatMap((form) => [form ?? '', cleanPath(form ?? '')])
    .filter((form) => form !== '');
  return { plain: place.path === cleaned ? place.path : undefined, all: [...new Set(all)] };
}

/**
 * Where a link leads, as a path inside the same workspace folder; undefined when it leads out of it. The folder is what
 * the URI has before the path.
 */
function insideFolder(path: string, absolute: string | undefined, realPath: string | undefined): string | undefined {
  if (path === '' || absolute === undefined || realPath === undefined) return undefined;
  const [from, to] = [cleanPath(absolute), `/${cleanPath(realPath)}`.replace(/^\/+/, '/')];
  if (!from.endsWith(`/${path}`)) return undefined;
  const folder = from.slice(0, -path.length);
  return to.toLowerCase().startsWith(folder.toLowerCase()) ? to.slice(folder.length) : undefined;
}

/** Characters that some file systems and every reader overlook. HFS+ ignored them in names (CVE-2014-9390). */
const INVISIBLE = /\u034f|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]/g;

/**
 * A path in one way of writing: `/` between segments, no `.`, `..` or empty segment, and without what Windows ignores in
 * a name (trailing dots and spaces, `::$DATA` streams) or what nobody sees (invisible characters, decomposed accents).
 */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  const absolute = /^[/\\]/.test(path);
  for (const raw of path
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .split(/[/\\]+/)) {
    if (raw === '..') kept.pop();
    else if (raw !== '' && raw !== '.') kept.push(cleanSegment(raw));
  }
  return (absolute ? '/' : '') + kept.filter((segment) => segment !== '').join('/');
}

function cleanSegment(segment: string): string {
  if (/^[a-z]:$/i.test(segment)) return segment;
  const stream = segment.indexOf(':', 1);
  return (stream > 0 ? segment.slice(0, stream) : segment).replace(/[. ]+$/, '');
}

/** The path of a hierarchical URI such as `file:///a/b` or `vscode-remote://host/a/b`, decoded; undefined for `untitled:Untitled-1`. */
function absolutePathOf(uri: string): string | undefined {
  const path = /^[a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?(\/[^?#]*)/i.exec(uri)?.[1];
  if (path === undefined) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A stray % is no escape: the path says what it says.
  }
}
