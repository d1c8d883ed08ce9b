/** A grammar: the npm package that carries it and the file's path inside the package. */
export interface Grammar {
  readonly package: string;
  readonly file: string;
}

const collected = (name: string): Grammar => ({ package: 'tree-sitter-wasms', file: `out/tree-sitter-${name}.wasm` });

/**
 * Where grammars come from, by VS Code's language id. The build copies each file into `dist/grammars` under its bare
 * name. All load with web-tree-sitter 0.25.10, which needs the old `dylink` section of these builds; 0.26 and later do
 * not read it.
 */
export const grammars: Readonly<Record<string, Grammar>> = {
  typescript: collected('typescript'),
  typescriptreact: collected('tsx'),
  javascript: collected('javascript'),
  javascriptreact: collected('javascript'),
  python: collected('python'),
  java: collected('java'),
  go: collected('go'),
  rust: collected('rust'),
  c: collected('c'),
  cpp: collected('cpp'),
  csharp: collected('c_sharp'),
  ruby: collected('ruby'),
  php: collected('php'),
  kotlin: collected('kotlin'),
  shellscript: collected('bash'),
  json: collected('json'),
  jsonc: collected('json'),
  // That package's own YAML loads but crashes on parsing; this one is of the grammar's authors.
  yaml: { package: '@tree-sitter-grammars/tree-sitter-yaml', file: 'tree-sitter-yaml.wasm' },
};

export const grammarFileName = (grammar: Grammar): string => grammar.file.slice(grammar.file.lastIndexOf('/') + 1);
