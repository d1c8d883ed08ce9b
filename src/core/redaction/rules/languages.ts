/** Languages in which a bare word is a name of the program, not a value. */
const PROGRAMS = new Set(
  (
    'typescript typescriptreact javascript javascriptreact python java go rust c cpp csharp ruby php kotlin swift scala dart lua perl r julia groovy clojure elixir erlang haskell fsharp ocaml vue svelte ' +
    'objective-c objective-cpp solidity zig vb coffeescript'
  ).split(' '),
);

/** Languages of settings, in which a bare word after a name is its value. */
const SETTINGS = new Set('yaml dotenv properties ini toml dockerfile dockercompose helm'.split(' '));

export const isSettings = (languageId: string): boolean => SETTINGS.has(languageId);

export const isProgram = (languageId: string): boolean => PROGRAMS.has(languageId);

/** Whether a place of a program is inside a string or a comment, judged by its line alone. */
export function isQuotedText(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 400), at);
  if (/\/\/|\/\*|^\s*\*|^\s*#|<!--|^\s*--/.test(line)) return true;
  let open = '';
  for (const character of line) {
    if (open === '' && (character === '"' || character === "'" || character === '`')) open = character;
    else if (character === open) open = '';
  }
  return open !== '';
}
