import type { LanguageTable } from './language.ts';
import { c, cpp } from './languages/c.ts';
import { csharp } from './languages/csharp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { json } from './languages/json.ts';
import { kotlin } from './languages/kotlin.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import { shellscript } from './languages/shellscript.ts';
import { typescript } from './languages/typescript.ts';
import { yaml } from './languages/yaml.ts';

/** By VS Code's language ids. */
const tables: Readonly<Record<string, LanguageTable>> = {
  typescript,
  typescriptreact: typescript,
  javascript: typescript,
  javascriptreact: typescript,
  python,
  java,
  go,
  rust,
  c,
  cpp,
  csharp,
  ruby,
  php,
  kotlin,
  shellscript,
  json,
  jsonc: json,
  yaml,
};

/** What is known of a language; undefined for one whose trees are not read. */
export const languageTable = (languageId: string): LanguageTable | undefined =>
  Object.hasOwn(tables, languageId) ? tables[languageId] : undefined;
