/**
 * URLs of all remotes in a git configuration, `origin` first: `url` and `pushurl`, each with the `insteadOf` of the same
 * configuration applied. `unknown` when it includes other files or
 * cannot be read as a configuration. https://git-scm.com/docs/git-config#_syntax
 */
export function remoteUrls(text: string): readonly string[] | 'unknown' {
  const remotes: { readonly name: string; readonly url: string }[] = [];
  const rewrites: { readonly real: string; readonly written: string }[] = [];
  let section = '';
  let name = '';
  for (const line of logicalLines(text)) {
    const header = /^\s*\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]\s*(.*)$/.exec(line);
    if (header) {
      section = (header[1] ?? '').toLowerCase();
      name = unescaped(header[2] ?? '');
      if (section === 'include' || section === 'includeif') return 'unknown';
    } else if (/^\s*\[/.test(line)) return 'unknown';
    const entry = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*(.*)$/.exec(header ? (header[3] ?? '') : line);
    if (!entry) continue;
    const key = (entry[1] ?? '').toLowerCase();
    const value = plainValue(entry[2] ?? '');
    if (section === 'remote' && (key === 'url' || key === 'pushurl') && value !== '')
      remotes.push({ name, url: value });
    if (section === 'url' && (key === 'insteadof' || key === 'pushinsteadof') && value !== '')
      rewrites.push({ real: name, written: value });
  }
  const ordered = [
    ...remotes.filter((remote) => remote.name === 'origin'),
    ...remotes.filter((remote) => remote.name !== 'origin'),
  ];
  return [...new Set(ordered.map(({ url }) => rewritten(url, rewrites)))];
}

/** The longest `insteadOf` that a URL begins with is replaced, as git does. */
function rewritten(url: string, rewrites: readonly { readonly real: string; readonly written: string }[]): string {
  const fitting = rewrites.filter(({ written }) => url.startsWith(written));
  const longest = fitting.sort((a, b) => b.written.length - a.written.length)[0];
  return longest ? longest.real + url.slice(longest.written.length) : url;
}

/** Lines joined where one ends with a backslash. */
function logicalLines(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .replace(/\\\n/g, '')
    .split('\n');
}

/** A value without its quotes, escapes and comment. */
function plainValue(raw: string): string {
  let value = '';
  let quoted = false;
  for (let i = 0; i < raw.length; i++) {
    const character = raw[i] ?? '';
    if (character === '"') quoted = !quoted;
    else if (character === '\\') value += ESCAPES[raw[++i] ?? ''] ?? raw[i] ?? '';
    else if (!quoted && (character === '#' || character === ';')) break;
    else value += character;
  }
  return value.trim();
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');
