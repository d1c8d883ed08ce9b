import { CONNECTORS, type Connector } from './connectors.ts';

/** Finds the value that belongs to a name: the connector after the name, then the value itself. */

export interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly connector: Connector;
  /** Whether the document holds settings, in which a bare word is a value. */
  readonly settings?: boolean;
}

/** The value of the name that ends at `end`. Looks at a bounded distance. */
export function valueAfter(text: string, name: { readonly start: number; readonly end: number }): Value | undefined {
  const before = text.charAt(name.start - 1);
  for (const { connector, pattern, after } of CONNECTORS) {
    if (after !== undefined && !after.includes(before)) continue;
    pattern.lastIndex = name.end;
    const found = pattern.exec(text);
    if (!found) continue;
    const at = name.end + found[0].length;
    const value = connector === 'element' ? elementValue(text, at) : lex(text, at, name.start);
    if (!value) continue;
    return { ...value, connector: connector === 'blank' ? blankKind(text, name) : connector };
  }
  return undefined;
}

/** What a blank after a name means: an option, a setting of a shell or a server, or nothing but two words. */
function blankKind(text: string, name: { readonly start: number; readonly end: number }): Connector {
  if (text.charAt(name.start - 1) === '-') return 'flag';
  const line = text.slice(Math.max(0, name.start - 32), name.start);
  return DECLARES.test(line) && /[A-Z_]{3}/.test(text.slice(name.start, name.end)) ? 'declare' : 'blank';
}

const DECLARES =
  /(?:^|\n)[ \t]*(?:set|setx|set -x|set -gx|setenv|SetEnv|ENV|ARG|export|env|fastcgi_param|passenger_env_var)[ \t]+$/;

const LONGEST_QUOTED = 1000;
const LONGEST_BARE = 512;

/** The text of an element, without blanks at its ends. */
function elementValue(text: string, at: number): Lexed | undefined {
  const content = /^[^<]{1,1024}(?=<)/
    .exec(text.slice(at, at + LONGEST_BARE + 1))?.[0]
    .trimEnd()
    .replace(/]]>$/, '');
  return content ? { start: at, end: at + content.length, quoted: true } : undefined;
}

type Lexed = Omit<Value, 'connector'>;

function lex(text: string, at: number, nameStart: number): Lexed | undefined {
  const characters = CHARACTERS.exec(text.slice(at, at + 640));
  if (characters) {
    const start = at + characters[0].length - (characters[1] ?? '').length;
    return { start, end: at + characters[0].length, quoted: true };
  }
  let open = at;
  while (text.charCodeAt(open) === 0x5c) open++;
  const quote = text.charAt(open);
  if (quote === '"' || quote === "'" || quote === '`') return quotedValue(text, open, open - at);
  return bareValue(text, at, nameStart);
}

/** `{'s', '3', 'c'}`: a string as its characters. */
const CHARACTERS = /^(?:new char\[\]\s{0,2})?[{[]\s{0,8}('\\?[^'\n]'(?:\s{0,8},\s{0,8}'\\?[^'\n]'){3,80})/;

/** A string whose quotes have `escapes` backslashes before them, as in JSON inside JSON. Ends with the line. */
function quotedValue(text: string, open: number, escapes: number): Lexed | undefined {
  const quote = text.charCodeAt(open);
  const triple = text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote;
  const start = open + (triple ? 3 : 1);
  const limit = Math.min(text.length, start + LONGEST_QUOTED);
  let slashes = 0;
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      slashes++;
      continue;
    }
    if (code === quote && slashes <= escapes)
      return at > start ? { start, end: at - slashes, quoted: true } : undefined;
    if ((code === 10 || code === 13) && !triple) return undefined;
    slashes = 0;
  }
  return limit === text.length && limit > start ? { start, end: limit, quoted: true } : undefined;
}

/** A value without quotes: to the end of a configuration line, else to the first character that ends words. */
function bareValue(text: string, start: number, nameStart: number): Lexed | undefined {
  const limit = Math.min(text.length, start + LONGEST_BARE);
  const wide = beginsLine(text, nameStart);
  let end = start;
  while (end < limit && !(wide ? endsWide : endsNarrow)(text, end)) end++;
  if (end - start === LONGEST_BARE) return undefined;
  if (wide) {
    const phrase = PHRASE.exec(text.slice(start, end + 160))?.[0];
    if (phrase) return { start, end: start + phrase.length, quoted: false };
    const next = text.charCodeAt(end);
    // More words follow: a sentence or an expression, not a value.
    if (next === 32 && !/^[ \t]*(?:#|\/\/|;|\\?\r?$|\\$|\|\||&&|--|\w+=)/m.test(text.slice(end, end + 80)))
      end = start + narrow(text, start, end);
    while (end > start && ',;'.includes(text.charAt(end - 1))) end--;
  }
  while (end > start && '.?'.includes(text.charAt(end - 1)) && !wide) end--;
  return end > start ? { start, end, quoted: false } : undefined;
}

/** Lower-case words to the end of the line; whether they are a passphrase is for the score to say. */
const PHRASE = /^[a-z]{3,16}(?: [a-z]{3,16}){2,7}(?=[ \t]*(?:\r?\n|$))/;

function narrow(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !endsNarrow(text, at)) at++;
  return at - start;
}

const endsWide = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code === 0x26 && /^&[\w.-]{1,64}=/.test(text.slice(at, at + 66))) return true;
  return (
    code <= 32 ||
    code === 0x22 ||
    code === 0x60 ||
    code === 0x3c ||
    (code === 0x5c && /[nrt"']/.test(text.charAt(at + 1)))
  );
};
const narrowEnds = new Uint8Array(128).fill(1, 0, 33);
for (const character of '"\'`<>,;)}]&|\\') narrowEnds[character.charCodeAt(0)] = 1;
const endsNarrow = (text: string, at: number): boolean => narrowEnds[text.charCodeAt(at)] === 1;

/** Whether a name is the first thing on its line, but for indentation, comment, list, export and diff marks. */
function beginsLine(text: string, at: number): boolean {
  const line = text.slice(Math.max(0, at - 48), at);
  return /(?:^|\n|\\n)[ \t]*(?:[+-]|[#;*]+|\/\/|export|set|setx|ENV|ARG|env|declare|local|readonly|\$env:|\$)?[ \t]*["']?(?:-e[ \t]+)?$/.test(
    line,
  );
}
