/** What stands between a name and its value, in the notations of languages, configuration and prose. */

export type Connector = 'assign' | 'call' | 'comma' | 'element' | 'pair' | 'flag' | 'declare' | 'blank' | 'prose';

export interface ConnectorRule {
  readonly connector: Connector;
  /** Sticky, tried where the name ends; the value begins where it ends. */
  readonly pattern: RegExp;
  /** Characters one of which must stand before the name. */
  readonly after?: string;
}

/** A quote, with the backslashes that it has inside another string. */
const QUOTE = String.raw`\\*["'\x60]`;
const GAP = String.raw`[ \t]{0,40}`;

/** Functions that hand on the string they are given, and look-ups whose last argument is what to use where there is none. */
const HANDS_ON = [
  String.raw`String(?:\.valueOf|::from|\.from)?|str|to_string|std::string|strdup|QString(?:Literal)?|quote|encode|TEXT|_T`,
  String.raw`bytes(?:\.fromhex)?|b(?:ase)?64\.?b?64?decode|b64decode|atob|Base64\.decode|Buffer\.from|Uint8Array\.from|\[\]byte|hex\.decode|unhex|fromhex`,
  String.raw`SecretStr|SecretString|Secret(?:\.of)?|pulumi\.secret|ConvertTo-SecureString|SecureString|NetworkCredential|PasswordCredential|Some|Ok`,
].join('|');
const LOOKS_UP = String.raw`[a-zA-Z_.]{0,24}(?:getenv|environ\.get|env|ENV\.fetch|get_env|fetch|GetEnvironmentVariable|getProperty|config|setdefault|getOrDefault|get)\([\\"'\w.:-]{1,80},`;
const WRAPPED = String.raw`(?:(?:(?:new |await )?(?:${HANDS_ON})(?:\(|[ ](?=["']))|${LOOKS_UP})[ \t]{0,4}\(?[ \t]{0,4})?`;
/** What may stand before the quote of a value. */
const BEFORE_VALUE = `${WRAPPED}(?:[rRbBuUfFLN@$]{1,2}(?=${QUOTE}))?`;

/** What closes a name: `"name"`, `["name"]`, `name[0]`, `name?`, `**name**`, `${name}`. */
const CLOSE = String.raw`(?:${QUOTE})?(?:\[\d{0,5}\]|[\])}])?(?:${QUOTE})?[*_]{0,2}[?!]?`;
/** A type between a name and its value: `: string = `, ` { get; set; } = `. */
const TYPE = String.raw`:[ \t]{0,4}[A-Za-z&'*][\w.<>&'?*|[\] :]{0,40}?(?:[ \t]{1,4}=(?![=>])|=(?=[rbuf]?["']))|\{[^{}\n]{0,40}\}[ \t]{0,4}=`;
const OPERATOR = String.raw`:-|:=|=>|={1,3}|!={1,2}|\?\?=?|\|\|=?|\?[=:]|\+=|:|<-|->|→| or `;
/** A YAML anchor or tag, Markdown emphasis, the head of a YAML block, a parenthesis. */
const OPENING = String.raw`[*_]{0,2}[ \t]{0,4}(?:&\w{1,32}[ ]|!!\w{1,16}[ ])?(?:[|>][-+]?[ \t]*\r?\n[ \t]{1,16})?(?:\([ \t]{0,4}(?=[rbuf]?${QUOTE}))?`;
const SCHEME = `(?:(?:${QUOTE})?(?:Bearer|Basic|Token|Key)[ ])?`;

/** A word of a sentence, in the alphabets of our languages. */
const WORD = String.raw`[\w\u00c0-\u024f\u0400-\u052f]{1,14}`;

const VALUE_WORDS = 'value|content|default|defaultvalue|default_value|val|stringvalue|plaintext|text|secret|password';

const sticky = (source: string, flags = ''): RegExp => new RegExp(source, `${flags}y`);

export const CONNECTORS: readonly ConnectorRule[] = [
  // name: X, value: Y in JSON, YAML, XML and arguments
  {
    connector: 'pair',
    pattern: sticky(
      String.raw`(?:${QUOTE})?[ \t]{0,8}(?:,|;|\/?>|\r?\n)?\s{0,40}(?:${QUOTE})?(?:-\s)?(?:${VALUE_WORDS})(?:${QUOTE})?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}(?=${QUOTE}|\S)`,
      'i',
    ),
  },
  // <key>X</key><string>Y</string>
  {
    connector: 'pair',
    pattern:
      /<\/[\w:.-]{1,32}>\s{0,40}<(?:\w{1,16}:)?(?:string|value|val|text|data|content|password|entry)[^<>\n]{0,60}>/iy,
  },
  // variable "X" { default = "Y" }
  { connector: 'pair', pattern: /["'][ \t]{0,4}\{[^{}]{0,200}?\bdefault[ \t]{0,8}=[ \t]{0,4}(?=")/y },
  {
    connector: 'element',
    pattern: /(?:[ \t][^<>\n]{0,120})?>(?:\s{0,40}<!\[CDATA\[|\s{0,40})(?=[^<\s])/y,
    after: '<:',
  },
  // <property name="X">Y</property>
  { connector: 'element', pattern: /["'][^<>\n]{0,120}>(?:\s{0,40}<!\[CDATA\[|\s{0,40})(?=[^<\s])/y, after: '"\'' },
  // SET PASSWORD FOR 'u'@'h' = 'Y'
  {
    connector: 'assign',
    pattern: sticky(String.raw`[ \t]{1,4}for[ \t]{1,4}["'\x60\w@%.-]{1,64}[ \t]{0,4}=[ \t]{0,4}(?=')`, 'i'),
  },
  {
    connector: 'assign',
    pattern: sticky(`${CLOSE}${GAP}(?:${TYPE}|${OPERATOR})${GAP}${OPENING}${BEFORE_VALUE}${SCHEME}`),
  },
  // the value on the next line
  {
    connector: 'assign',
    pattern: sticky(
      String.raw`(?:${QUOTE})?\]?[ \t]{0,8}(?:=>|[:=(])[ \t]{0,8}\\?[ \t]{0,8}\r?\n[ \t]{0,40}\(?${BEFORE_VALUE}(?=${QUOTE})`,
    ),
  },
  { connector: 'comma', pattern: sticky(String.raw`\]?(?:${QUOTE})[ \t]{0,4},\s{0,20}${BEFORE_VALUE}(?=${QUOTE})`) },
  // {password, "Y"} in Erlang
  { connector: 'comma', pattern: sticky(String.raw`[ \t]{0,4},[ \t]{0,4}(?=")`), after: '{' },
  // a constant before its value: setopt(handle, OPT_PASSWORD, "Y")
  { connector: 'comma', pattern: sticky(String.raw`(?<=[A-Z])[ \t]{0,4},\s{0,20}${BEFORE_VALUE}(?=${QUOTE})`) },
  { connector: 'call', pattern: sticky(String.raw`\(\s{0,8}${BEFORE_VALUE}(?=${QUOTE})`) },
  // get("#password").type("Y")
  {
    connector: 'call',
    pattern: sticky(
      String.raw`(?:${QUOTE})?\]?(?:${QUOTE})?\)?\.(?:equals|equalsIgnoreCase|eql\?|set|assign|push|value|setValue|val|text|eq|Equals|sendKeys|send_keys|fill|type)\([ \t]{0,4}(?=${QUOTE})`,
    ),
  },
  {
    connector: 'prose',
    pattern: sticky(
      String.raw`(?:[ \t]${WORD}){0,4}["'\x60*)]{0,3}(?:[ \t]{1,2}(?:is|was|are|é|es|ist|est|lautet|heißt|foi|son|to|será|—|-|as|являетс[яь]|это)[ \t]{0,2}(?:now |set to |also )?:?|:)[ \t]{1,2}[“«*]{0,2}`,
      'i',
    ),
  },
  // the next cell of a Markdown row
  { connector: 'blank', pattern: /[*`]{0,3}[ \t]{1,16}\|[ \t]{1,4}(?=`)/y },
  { connector: 'blank', pattern: /["'`]?[ \t]{1,8}(?:pass:)?(?=\S)/y },
];
