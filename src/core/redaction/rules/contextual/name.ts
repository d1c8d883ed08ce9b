import { KEY_QUALIFIERS, NAME_WEIGHT, NEUTRAL_LAST, VETO_LAST } from './words.ts';

/** An identifier, key or word that may name a secret. */
export interface Name {
  readonly start: number;
  readonly end: number;
  /** How much it says so: 3 password, 2 token or qualified key, 1.5 session or signature, 1 other key, .5 bare key. */
  readonly weight: number;
  /** Its last significant word. */
  readonly word: string;
}

const LONGEST_NAME = 96;

/** The whole identifier around a keyword; undefined when it is longer than names are. */
export function nameAround(text: string, start: number, end: number): { start: number; end: number } | undefined {
  let from = start;
  let to = end;
  while (from < to && !isNameCharacter(text.charCodeAt(from))) from++;
  while (from > 0 && joins(text, from - 1)) if (start - from-- > LONGEST_NAME) return undefined;
  while (to < text.length && joins(text, to)) if (to++ - end > LONGEST_NAME) return undefined;
  while (from < to && !isNameCharacter(text.charCodeAt(from))) from++;
  return to > from ? { start: from, end: to } : undefined;
}

/** What a name says; undefined when it names no secret. */
export function weigh(text: string, span: { readonly start: number; readonly end: number }): Name | undefined {
  const identifier = text.slice(span.start, span.end);
  const words = wordsOf(identifier);
  const before = wordBefore(text, span.start);
  if (before !== '') words.unshift(before);
  let last = words.length - 1;
  while (last > 0 && NEUTRAL_LAST.has(words[last] ?? '') && !NAME_WEIGHT.has(words[last] ?? '')) last--;
  const tail = words[last] ?? '';
  // Vault's AppRole calls its password an id.
  if (tail === 'id' && words[last - 1] === 'secret') return { ...span, weight: 2, word: 'secret' };
  const own = weightOf(words, last);
  if (own !== undefined) return { ...span, weight: own, word: tail };
  if (VETO_LAST.has(tail)) return undefined;
  for (let index = last - 1; index >= 0; index--) {
    const weight = weightOf(words, index);
    if (weight !== undefined && weight >= 2) return { ...span, weight: weight - 0.7, word: words[index] ?? '' };
  }
  return undefined;
}

function weightOf(words: readonly string[], index: number): number | undefined {
  const word = words[index] ?? '';
  const weight = NAME_WEIGHT.get(word) ?? NAME_WEIGHT.get(word.replace(/s$/, '')) ?? gluedWeight(word);
  if (weight === undefined || weight > 0.5) return weight;
  if (index === 0) return isKey(word) ? weight : undefined;
  const qualifier = words[index - 1] ?? '';
  if (KEY_QUALIFIERS.has(qualifier)) return isKey(word) ? 2 : 1;
  return isKey(word) ? 1 : undefined;
}

const isKey = (word: string): boolean => word.startsWith('key') || word === 'сөз';

const GLUED = /(?:password|passwd|passphrase|passwort|pwd|secret|token|apikey|secretkey|accesskey|privatekey|senha)$/;

/** `mysqlrootpwd`: words written as one. */
function gluedWeight(word: string): number | undefined {
  const tail = word.length > 5 && !/^(?:no|un)/.test(word) ? GLUED.exec(word)?.[0] : undefined;
  return tail === undefined ? undefined : NAME_WEIGHT.get(tail);
}

/** `dbPassword2` → db, password; `X-API-Key` → x, api, key. Digits at the end of a word are dropped. */
function wordsOf(identifier: string): string[] {
  return identifier
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-zÀ-ӿ\u0500-\u052f\d]+/)
    .map(withoutDigits)
    .filter((word) => word !== '');
}

/** Without the digits at its end; most words have none, and no expression is run for them. */
function withoutDigits(word: string): string {
  const last = word.charCodeAt(word.length - 1);
  return last >= 48 && last <= 57 ? word.replace(/\d{1,16}$/, '') : word;
}

/** The word before a name, when one blank parts them: `API key`, `secret access key`. */
function wordBefore(text: string, start: number): string {
  if (text.charAt(start - 1) !== ' ') return '';
  let from = start - 1;
  while (from > 0 && start - from < 24 && isLetter(text.charCodeAt(from - 1))) from--;
  return text.slice(from, start - 1).toLowerCase();
}

/** Whether the character belongs to the identifier it touches: separators count between name characters only. */
function joins(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isNameCharacter(code)) return true;
  if (code !== 0x2d && code !== 0x2e) return false;
  return isNameCharacter(text.charCodeAt(at - 1)) && isNameCharacter(text.charCodeAt(at + 1));
}

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 0xc0 && code < 0x530 && code !== 0xd7 && code !== 0xf7);
const isNameCharacter = (code: number): boolean => isLetter(code) || (code >= 48 && code <= 57) || code === 95;
