import { isRandomWord } from '../engine/shape.ts';

/** What stands where a secret could stand and is none: references to one, and words that hold its place. */

/** Code or templates that fetch a value from elsewhere. */
const REFERENCE = new RegExp(
  [
    String.raw`^\\*\$`, // $VAR, ${VAR}, $(command), ${{ secrets.X }}
    String.raw`^\{\{|^\{%|^<%|^%[A-Za-z_(]|^@@|^#\{|^\[\[`, // templates
    `^%[A-Za-z_]{1,64}%$|^__[A-Za-z0-9_]{1,64}__$|^@[A-Za-z_.-]{1,64}@$`,
    String.raw`^(?:process\.env|import\.meta|os\.environ|os\.getenv|env|ENV|environ|getenv|System\.getenv|std::env|Deno\.env|Bun\.env|secrets|vars|config|settings|self|this|var|local|data|module|params|args|options|opts|props|req|request|res|response|ctx|context|event|input|output|steps|github|inputs|Rails|app)\b[.[(:?]`,
    String.raw`^(?:vault|ssm|secretsmanager|arn|sm|op|env|file|ref|secret|keyring|keychain|doppler|bws|gcp|aws|azure|kms|sops|akv|https?|ftp)(?::|\+)`,
    String.raw`^!(?:vault|Ref|Sub|GetAtt|ImportValue|env|secret|reference)\b|^ENC\[|^\$ANSIBLE`,
    String.raw`\$\{[^}]*\}|\{\{[^}]*\}\}|\$\([^)]*\)|#\{[^}]*\}`,
    String.raw`^\{[A-Za-z_][\w.]*\}$|^:[a-z_]+$|^\?$|^&[a-z_]+$`,
  ].join('|'),
);

/** Words that hold a place, whole or as a part between separators. */
const PLACEHOLDER_PART =
  /(?:^|[^a-z])(?:your|my|change|changeme|changeit|replace|replaceme|insert|enter|example|sample|dummy|fake|mock|placeholder|todo|fixme|tbd|redacted|masked|hidden|removed|censored|omitted|put|here|goes|foo|bar|baz|foobar|lorem|ipsum|xxx+|yyy+|zzz+|abc|abcdef|qwerty|some|any|invalid|incorrect|wrong|bogus|not|none|null|undefined|nil|missing|empty|unset|blank|default|demo)(?:[^a-z]|$)/i;
const PLACEHOLDER_SHAPE =
  /^[<[({]?(?:x{3,}|\*{2,}|\.{3,}|-{2,}|_{2,}|#{3,}|\?{2,}|0{4,}|1{4,}|•{2,}|…)|^<[^<>]*>$|^\[[^\]]*\]$|^\([^)]*\)$|x{6,}|\*{3,}|\.{3}|…|•{3}|(.)\1{7,}|^(?:0?123456789?0?|12345678|abcdefghi?j?)/i;

/** Ordinary words: a value made of these alone names a thing and is none. */
const VOCABULARY = new Set(
  (
    'a an and api access account action active add admin administrator alias all allow anonymous any app application apply array ascii async at attribute ' +
    'auth authenticate authenticated authentication authorization authorize authorized auto aws azure base64 basic bearer bool boolean both button by byte bytes ca cache cancel cert certificate change char character check cipher class ' +
    'clear client code color column com comma comment compare config confirm confirmation confirmed constructor content context cookie copy count create created credential credentials crypto csrf current custom data database date db decode decrypt default ' +
    'define delete deleted dev developer digest disabled display do document double edit email empty enabled encode encoded encoding encrypt encrypted end endpoint enter entity env environment equal error event ' +
    'example execute exists expired expires expression external failed failure false field file filter first float for forgot form format from function generate generated generic get github gitlab global google group guest hash hashed header headers hello ' +
    'help hidden hmac host hostname html http https id identifier identity image in index info init input insert int integer internal invalid is item json jwt key keys keyword label language last left length level link list literal load local ' +
    'localhost lock log login logout long main manager map mask master match max member message method min missing mode model modified module mongo mysql name navigation needed new next nil no node none not null number oauth oauth1 oauth2 object of off ' +
    'ok old on only open operator option optional options or order organization other output owner page param parameter parent parse pass passcode passphrase passwd password passwords path pattern phone pin placeholder plain plaintext please port post postgres postgresql ' +
    'prefix primary private process prod production profile project prompt property provider proxy public punctuation put pwd query random raw read readonly redis refresh regex register remember remote remove renew repeat replace request requested require required reset resource response rest ' +
    'result return revoke revoked right role root rsa rule same save scheme scope script search second secret secrets secure security select self sent separator server service session set setting settings setup shared show sign signature signed signin signing signup simple single size ' +
    'some source space spec ssh ssl sso staging start state static status store string strong strings submit subject success successful symbol system table tag target team temp template test tester testing text the this time timeout tls to token tokenize tokens topic true type unauthorized undefined unique unknown ' +
    'unlock unset update updated upload uri url use used user username users utf8 uuid valid validate validated validation value values var variable verification verified verify version view visible wait weak web webhook week when will with word world write wrong xml yaml yes you your zero ' +
    'about above after again also ask because before below between both could did does during each few find further give given going had her him his how into just know like made make many may might more most much need never now off often once our out over own said see shall she so such take tell that their them these they those through till try under until upon us very want well went what where which while who why without would yet ' +
    'here me my should must can cannot have has been be was were are it its if than then too least please match matches mismatch require requires contain contains characters enter entered forgotten again same confirm bad good access_token refresh id_token kubernetes docker'
  ).split(' '),
);

export function isReference(value: string): boolean {
  return REFERENCE.test(value);
}

export function isPlaceholder(value: string): boolean {
  if (PLACEHOLDER_SHAPE.test(value)) return true;
  const short = value.length > 96 ? value.slice(0, 96) : value;
  // Random letters hold short words by chance once they are split at capitals.
  const words = isRandomWord(short) ? short : splitCamel(short);
  return PLACEHOLDER_PART.test(words) || isVocabulary(short);
}

/** Whether a value is made of ordinary words only, however they are joined. */
export function isVocabulary(value: string): boolean {
  const words = splitCamel(value)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return (
    words.length > 0 && words.every((word) => VOCABULARY.has(word) || VOCABULARY.has(word.replace(/\d{1,2}$/, '')))
  );
}

const splitCamel = (value: string): string =>
  value.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
