/** What a line of source says in identifiers: comments, strings and keywords are left out. */

/** Called with the offsets of each identifier and the number of its line, counted from 0. */
export type Visit = (start: number, end: number, line: number) => void;

const identifier = '[A-Za-z_$\\u00a1-\\uffff][\\w$\\u00a1-\\uffff]*';
const doubleQuoted = '"(?:[^"\\\\\\n]|\\\\.)*"?';
const singleQuoted = "'(?:[^'\\\\\\n]|\\\\.)*'?";
const backQuoted = '`(?:[^`\\\\]|\\\\[\\s\\S])*`?';
const slashComments = '//.*|/\\*[\\s\\S]*?(?:\\*/|$)';

const pattern = (...alternatives: readonly string[]): RegExp =>
  new RegExp([...alternatives, identifier].join('|'), 'g');

const curly = pattern(slashComments, doubleQuoted, singleQuoted, backQuoted);
// A lone quote begins a lifetime there: only a quoted character is a literal.
const rust = pattern(slashComments, doubleQuoted, "'(?:[^'\\\\\\n]|\\\\.[^'\\n]*)'");
const hash = pattern('#.*', doubleQuoted, singleQuoted, backQuoted);
const python = pattern('#.*', '"""[\\s\\S]*?(?:"""|$)', "'''[\\s\\S]*?(?:'''|$)", doubleQuoted, singleQuoted);
const php = pattern('#.*', slashComments, doubleQuoted, singleQuoted);

const patterns: Readonly<Record<string, RegExp>> = { rust, python, php, ruby: hash, shellscript: hash, yaml: hash };

/** Walks over the identifiers of a text, by their shape alone: cheap enough to do at every keystroke. */
export function visitWords(text: string, languageId: string, visit: Visit): void {
  const expression = new RegExp(Object.hasOwn(patterns, languageId) ? (patterns[languageId] ?? curly) : curly);
  let line = 0;
  let lineEnd = text.indexOf('\n');
  for (let found = expression.exec(text); found; found = expression.exec(text)) {
    const start = found.index;
    const first = text.charCodeAt(start);
    const isWord = first > 0xa0 || first === 36 || first === 95 || (first > 64 && first < 123 && first !== 96);
    if (!isWord || keywords.has(found[0])) continue;
    while (lineEnd >= 0 && lineEnd < start) {
      line++;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    visit(start, start + found[0].length, line);
  }
}

/**
 * The parts of an identifier, in lower case and without endings: `readConfigFiles` has `read`, `config` and `file`.
 */
export function partsOf(word: string): readonly string[] {
  const parts = word.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[\u00a1-\uffff]+/g) ?? [];
  return parts.filter((part) => part.length > 1).map((part) => stem(part.toLowerCase()));
}

/** Takes common English endings off, so that `parse`, `parser`, `parsing` and `parsed` meet. */
function stem(word: string): string {
  if (word.length <= 4)
    return word.length === 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
  return word.replace(/(?:ies|ing|ers|ed|er|es|e|s|y)$/, '');
}

/** Words of the languages that say nothing about a place, and names that stand everywhere. */
const keywords: ReadonlySet<string> = new Set(
  `abstract and any as assert async await auto base bool boolean break byte case catch chan char class const
  constructor continue crate debugger declare def default defer del delete do double dyn echo elif else elseif end
  ensure enum esac except explicit export extends extern false False fi final finally float fn for foreach from func
  function global go goto if impl implements import in include inline instanceof int interface internal is keyof lambda
  let lock long loop match mod module mut mutable namespace native new nil None nonlocal noexcept not null nullptr number
  object of operator or out override package params pass private protected pub public raise range readonly ref register
  rescue require return sealed select self Self short signed sizeof static str string String struct super switch
  synchronized template then this throw throws trait transient true True try type typedef typename typeof undefined
  union unless unsafe unsigned until use using val var virtual void volatile when where while with yield`.split(/\s+/),
);
