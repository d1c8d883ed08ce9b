import { posix } from 'node:path';
import type { Code, Import } from './code.ts';

/** What a rule says against a file. */
export interface Violation {
  readonly path: string;
  readonly says: string;
}
export type Rule = (code: Code) => readonly Violation[];

/** Packages without I/O, clock, randomness or state that the core may use. */
const PURE_PACKAGES = ['zod', 'marked', 'diff', 'picomatch', 'ignore'];

/** Types only: what the extension and the chat view say to each other. */
const PROTOCOL = 'src/core/chat/protocol.ts';

/** Which layers a layer may import, itself included. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  node: ['core', 'node'],
  editor: ['core', 'node', 'editor'],
  webview: ['webview'],
  cli: ['core', 'node', 'cli'],
  eval: ['core', 'node', 'eval'],
  'extension.ts': ['core', 'node', 'editor'],
};

/** Layers that may reach the operating system and the network. */
const RIMS = ['node', 'cli', 'eval'];
const VSCODE_USERS = ['editor', 'extension.ts'];

const BANNED = [
  'manager',
  'helper',
  'helpers',
  'util',
  'utils',
  'handler',
  'processor',
  'service',
  'common',
  'misc',
  'data',
  'info',
  'base',
];
const MAX_LINES = 300;
const READS_SETTING = /getConfiguration\(\s*['"`]postern|\.(?:get|inspect)\b[^(]{0,80}\(\s*['"`]postern\./;

const layerOf = (path: string): string => path.split('/')[1] ?? '';
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const isFile = (to: string): boolean => to.startsWith('src/');

/** Violations of every import that a test does not let pass. */
const imports = (code: Code, wrong: (found: Import) => boolean): Violation[] =>
  code.imports.filter(wrong).map(({ from, to }) => ({ path: from, says: `imports ${to}` }));

export const rules: Readonly<Record<string, Rule>> = {
  'a layer imports only the layers below it': (code) =>
    imports(code, ({ from, to }) => {
      if (!isFile(to) || (layerOf(from) === 'webview' && to === PROTOCOL)) return false;
      return !LAYERS[layerOf(from)]?.includes(layerOf(to));
    }),

  'no import leaves src': (code) => imports(code, ({ to }) => /^(\.\.|test|scripts|media|dist)\b/.test(to)),

  'every layer has its place in the table': (code) =>
    [...code.sources.keys()]
      .filter((path) => !(layerOf(path) in LAYERS))
      .map((path) => ({ path, says: `is in ${layerOf(path)}, which is no layer` })),

  'core imports only pure packages': (code) =>
    imports(code, ({ from, to }) => layerOf(from) === 'core' && !isFile(to) && !PURE_PACKAGES.includes(packageOf(to))),

  'webview imports no package': (code) => imports(code, ({ from, to }) => layerOf(from) === 'webview' && !isFile(to)),

  'only editor and extension.ts import vscode': (code) =>
    imports(code, ({ from, to }) => to === 'vscode' && !VSCODE_USERS.includes(layerOf(from))),

  'only node, cli and eval import the system or the network': (code) =>
    imports(code, ({ from, to }) => {
      if (isFile(to) || RIMS.includes(layerOf(from))) return false;
      return to !== 'vscode' && !PURE_PACKAGES.includes(packageOf(to));
    }),

  'files import each other without cycles': (code) => cycles(code.imports.filter(({ to }) => isFile(to))),

  'core gets time, chance, timers, network and process injected': (code) =>
    [...code.globals]
      .filter(([path]) => layerOf(path) === 'core')
      .flatMap(([path, names]) => names.map((name) => ({ path, says: `uses ${name}` }))),

  'only the builders of core/prompt assemble a prompt': (code) =>
    imports(code, ({ from, to, clause }) => {
      if (to !== 'src/core/prompt/redacted-prompt.ts' || posix.dirname(from) === posix.dirname(to)) return false;
      return /\bassemble\b|\*/.test(clause);
    }),

  'what loads later somewhere is imported statically nowhere': (code) => {
    const lazy = new Set(code.imports.filter(({ dynamic }) => dynamic).map(({ to }) => to));
    // The scoring tools have no start to keep short.
    return imports(
      code,
      ({ from, to, runtime, dynamic }) => runtime && !dynamic && lazy.has(to) && layerOf(from) !== 'eval',
    );
  },

  'settings of Postern are read in one file': (code) =>
    [...code.sources]
      .filter(([path, text]) => path !== 'src/editor/settings.ts' && READS_SETTING.test(text))
      .map(([path]) => ({ path, says: 'reads a setting' })),

  'no barrel, no re-export': (code) =>
    [...code.sources]
      .filter(([, text]) => /^export\s+(?:\*|(?:type\s+)?\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b/m.test(text))
      .map(([path]) => ({ path, says: 're-exports' })),

  'file names say what is in the file': (code) =>
    [...code.sources.keys()].flatMap((path) => {
      const words = path.split(/[/.\-_]/).flatMap((word) => word.split(/(?=[A-Z])/));
      return words
        .filter((word) => BANNED.includes(word.toLowerCase()))
        .map((word) => ({ path, says: `is named ${word}` }));
    }),

  'files are short enough to read': (code) =>
    [...code.sources].flatMap(([path, text]) => {
      const lines = text.split('\n').length - 1;
      return lines > MAX_LINES ? [{ path, says: `has ${lines} lines` }] : [];
    }),
};

/** `folder → folder` for each pair of core folders of which one imports the other, sorted. */
export function coreFolders(code: Code): Map<string, string[]> {
  const folders = new Map<string, Set<string>>();
  const folderOf = (path: string): string => path.split('/')[2] ?? '';
  for (const path of code.sources.keys()) if (layerOf(path) === 'core') folders.set(folderOf(path), new Set());
  for (const { from, to } of code.imports) {
    const inside = isFile(to) && layerOf(from) === 'core' && layerOf(to) === 'core';
    if (inside && folderOf(from) !== folderOf(to)) folders.get(folderOf(from))?.add(folderOf(to));
  }
  return new Map([...folders].sort().map(([folder, needs]) => [folder, [...needs].sort()]));
}

/** Each cycle once, under the first of its files in order of the alphabet. */
export function cycles(edges: readonly Pick<Import, 'from' | 'to'>[]): Violation[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const finished = new Set<string>();
  const found: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push({ path, says: `is in a cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}` });
      return;
    }
    if (finished.has(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
    finished.add(path);
  };
  for (const path of [...next.keys()].sort()) visit(path, []);
  return found;
}
