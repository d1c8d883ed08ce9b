/** Finds the value that belongs to a name: the connector after the name, then the value itself. */

export interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly connector: Connector;
}

export type Connector = 'assign' | 'call' | 'comma' | 'element' | 'pair' | 'flag' | 'blank' | 'prose';

const WRAPPER = String.raw`(?:(?:new |await )?(?:String(?:\.valueOf|::from|\.from)?|str|bytes(?:\.fromhex)?|b(?:ase)?64\.?b?64?decode|b64decode|atob|Buffer\.from|SecretStr|SecretString|Secret(?:\.of)?|Some|Ok|QString(?:Literal)?|std::string|strdup|\[\]byte|encode|pulumi\.secret|ConvertTo-SecureString|SecureString|NetworkCredential|PasswordCredential|quote|to_string|hex\.decode|unhex|fromhex|Base64\.decode|TEXT|_T|Uint8Array\.from|(?:[a-zA-Z_.]{0,24}(?:getenv|environ\.get|env|ENV\.fetch|get_env|fetch|GetEnvironmentVariable|getProperty|config|setdefault|getOrDefault|get)\([\\"'\w.:-]{1,80},))[ \t]{0,4}\(?[ \t]{0,4})?`;
const PREFIX = String.raw`(?:${WRAPPER}(?:[rRbBuUfFLN@$]{1,2}(?=\\*["'\x60]))?)`;

const CONNECTORS: readonly (readonly [Connector, RegExp])[] = [
  [
    'pair',
    /\\*["'`]?[ \t]{0,8}(?:,|;|\/?>|\r?\n)?\s{0,40}\\*["'`]?(?:-\s)?(?:value|content|default|defaultvalue|default_value|val|stringvalue|plaintext|text|secret|password)\\*["'`]?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}(?=\\*["'`]|\S)/iy,
  ],
  [
    'pair',
    /<\/[\w:.-]{1,32}>\s{0,40}<(?:\w{1,16}:)?(?:string|value|val|text|data|content|password|entry)[^<>\n]{0,60}>/iy,
  ],
  ['element', /(?:[ \t][^<>\n]{0,120})?>(?:\s{0,40}<!\[CDATA\[|\s{0,40})(?=[^<\s])/y],
  [
    'assign',
    new RegExp(
      String.raw`(?:\\*["'\x60])?(?:\[\d{0,5}\]|[\])}])?(?:\\*["'\x60])?[?!]?[ \t]{0,40}(?::[ \t]{0,4}[A-Za-z&\x27*][\w.<>&\x27?*|[\] :]{0,40}?(?:[ \t]{1,4}=(?![=>])|=(?=[rbuf]?[\x22\x27]))|\{[^{}\n]{0,40}\}[ \t]{0,4}=|:-|:=|=>|={1,3}|!={1,2}|\?\?=?|\|\|=?|\?[=:]|\+=|:|<-|->|→| or )[ \t]{0,40}(?:[|>][-+]?[ \t]*\r?\n[ \t]{1,16})?(?:\([ \t]{0,4}(?=\\*[rbuf]?[\x22\x27\x60]))?${PREFIX}(?:(?:\\*["'\x60])?(?:Bearer|Basic|Token|Key) )?`,
      'y',
    ),
  ],
  [
    'assign',
    new RegExp(
      String.raw`(?:\\*["'\x60])?\]?[ \t]{0,8}(?:=>|[:=(])[ \t]{0,8}(?:\\?[ \t]*\r?\n[ \t]{0,40})\(?${PREFIX}(?=\\*["'\x60])`,
      'y',
    ),
  ],
  ['comma', new RegExp(String.raw`\\*["'\x60][ \t]{0,4},\s{0,20}${PREFIX}(?=\\*["'\x60])`, 'y')],
  // A constant as an argument before its value: setopt(handle, OPT_PASSWORD, "…").
  ['comma', new RegExp(String.raw`(?<=[A-Z])[ \t]{0,4},\s{0,20}${PREFIX}(?=\\*["'\x60])`, 'y')],
  ['call', new RegExp(String.raw`\(\s{0,8}${PREFIX}(?=\\*["'\x60])`, 'y')],
  [
    'call',
    /\.(?:equals|equalsIgnoreCase|eql\?|set|assign|push|value|setValue|val|text|eq|Equals|sendKeys|send_keys|fill|type)\([ \t]{0,4}(?=\\*["'`])/y,
  ],
  [
    'prose',
    /(?:[ \t]\w{1,12}){0,4}["'`*)]{0,3}[ \t]{1,2}(?:is|was|are|é|es|ist|est|lautet|heißt|foi|son|to|será|—|-|as|являетс[яь]|это)[ \t]{0,2}(?:now |set to |also )?:?[ \t]{1,2}[“«*]{0,2}/iy,
  ],
  ['blank', /["'`]?[ \t]{1,8}(?:pass:)?(?=\S)/y],
];

/** The value of the name that ends at `end`. Looks at a bounded distance. */
export function valueAfter(text: string, name: { readonly start: number; readonly end: number }): Value | undefined {
  const before = text.charCodeAt(name.start - 1);
  const isFlag = before === 0x2d;
  for (const [connector, expression] of CONNECTORS) {
    if (connector === 'element' && before !== 0x3c && before !== 0x3a) continue;
    expression.lastIndex = name.end;
    const found = expression.exec(text);
    if (!found) continue;
    const at = name.end + found[0].length;
    const value = connector === 'element' ? elementValue(text, at) : lex(text, at, name.start);
    if (!value) continue;
    if (connector === 'blank') return { ...value, connector: isFlag ? 'flag' : 'blank' };
    return { ...value, connector };
  }
  return undefined;
}

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
  let open = at;
  while (text.charCodeAt(open) === 0x5c) open++;
  const quote = text.charAt(open);
  if (quote === '"' || quote === "'" || quote === '`') return quotedValue(text, open, open - at);
  return bareValue(text, at, nameStart);
}

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
    const next = text.charCodeAt(end);
    // More words follow: a sentence or an expression, not a value.
    if (next === 32 && !/^[ \t]*(?:#|\/\/|;|\\?\r?$|\\$|\|\||&&|--|\w+=)/m.test(text.slice(end, end + 80)))
      end = start + narrow(text, start, end);
    while (end > start && ',;'.includes(text.charAt(end - 1))) end--;
  }
  while (end > start && '.?!'.includes(text.charAt(end - 1)) && !wide) end--;
  return end > start ? { start, end, quoted: false } : undefined;
}

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
