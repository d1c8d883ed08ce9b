/**
 * What a scanner must know of a language to tell code from comments and strings. Only brackets, quotes and comments
 * count here; a language that is not listed is read as C-like, which is right for most.
 */
export interface Lexis {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly BlockComment[];
  readonly quotes: readonly Quote[];
  /** `'` opens a character literal, never a string: Rust lifetimes and C's `'a'` alike. */
  readonly characters: boolean;
  /** `/` may open a regular expression. */
  readonly regex: boolean;
  /** Blocks end with a dedent, not with a closer. */
  readonly indented: boolean;
  /** Lines that begin with `#` belong to the preprocessor. */
  readonly preprocessor: boolean;
}

export interface BlockComment {
  readonly open: string;
  readonly close: string;
  readonly nests?: boolean;
}

export interface Quote {
  readonly open: string;
  readonly close: string;
  readonly multiline?: boolean;
  /** What a backslash does not escape. `doubled`: the quote is written twice inside. */
  readonly raw?: 'plain' | 'doubled';
  /** `${` switches back to code until its `}`. */
  readonly template?: boolean;
  /** `r#"…"#`: the number of marks before the quote is the number after it. */
  readonly hashes?: boolean;
}

const SLASHES: BlockComment = { open: '/*', close: '*/' };
const DOUBLE: Quote = { open: '"', close: '"' };
const SINGLE: Quote = { open: "'", close: "'" };
const TRIPLE: Quote = { open: '"""', close: '"""', multiline: true };
const TRIPLE_SINGLE: Quote = { open: "'''", close: "'''", multiline: true };

const cLike: Lexis = {
  lineComments: ['//'],
  blockComments: [SLASHES],
  quotes: [DOUBLE],
  characters: true,
  regex: false,
  indented: false,
  preprocessor: false,
};
const script: Lexis = {
  ...cLike,
  quotes: [DOUBLE, SINGLE, { open: '`', close: '`', multiline: true, template: true }],
  characters: false,
  regex: true,
};
const python: Lexis = {
  lineComments: ['#'],
  blockComments: [],
  quotes: [TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
  characters: false,
  regex: false,
  indented: true,
  preprocessor: false,
};
const shell: Lexis = {
  ...python,
  quotes: [
    { ...DOUBLE, multiline: true },
    { ...SINGLE, multiline: true, raw: 'plain' },
  ],
  indented: false,
};
const rust: Lexis = {
  ...cLike,
  blockComments: [{ ...SLASHES, nests: true }],
  quotes: [
    { open: 'r', close: '"', multiline: true, raw: 'plain', hashes: true },
    { ...DOUBLE, multiline: true },
  ],
};
const c: Lexis = { ...cLike, preprocessor: true };

const lexes: Readonly<Record<string, Lexis>> = {
  typescript: script,
  typescriptreact: script,
  javascript: script,
  javascriptreact: script,
  java: { ...cLike, quotes: [TRIPLE, DOUBLE] },
  kotlin: { ...cLike, quotes: [TRIPLE, DOUBLE] },
  scala: { ...cLike, quotes: [TRIPLE, DOUBLE] },
  swift: { ...cLike, quotes: [TRIPLE, DOUBLE] },
  go: { ...cLike, quotes: [DOUBLE, { open: '`', close: '`', multiline: true, raw: 'plain' }] },
  rust,
  c,
  cpp: c,
  csharp: {
    ...c,
    quotes: [
      TRIPLE,
      { open: '@"', close: '"', multiline: true, raw: 'doubled' },
      { open: '@$"', close: '"', multiline: true, raw: 'doubled' },
      DOUBLE,
    ],
  },
  php: {
    ...cLike,
    lineComments: ['//', '#'],
    quotes: [DOUBLE, SINGLE].map((quote) => ({ ...quote, multiline: true })),
    characters: false,
  },
  python,
  shellscript: shell,
  ruby: { ...shell, blockComments: [{ open: '=begin', close: '=end' }] },
  yaml: { ...python, quotes: [DOUBLE, SINGLE] },
  json: { ...cLike, characters: false },
  jsonc: { ...cLike, characters: false },
  css: { ...script, lineComments: [], quotes: [DOUBLE, SINGLE], regex: false },
  scss: { ...script, quotes: [DOUBLE, SINGLE], regex: false },
};

export const lexisOf = (languageId: string): Lexis => lexes[languageId] ?? cLike;
