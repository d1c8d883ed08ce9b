import { type Label, type Probe, rank } from '../../engine/detector.ts';
import {
  ibanLength,
  isBin,
  isBoleto,
  isCard,
  isCnpj,
  isCpf,
  isDate,
  isIban,
  isIin,
  isPis,
  isRg,
  isSpanishNumber,
} from './checks.ts';

const label = (type: string): Label => ({
  type,
  kind: 'personal',
  rule: `personal/${type.toLowerCase()}`,
  rank: rank.personal,
});

interface Form {
  readonly label: Label;
  /** Sticky, tried where a group of digits begins. */
  readonly pattern: RegExp;
  readonly check?: (bare: string) => boolean;
  /** A word that must stand within 40 characters before it. */
  readonly after?: RegExp;
}

const PHONE_WORD =
  /(?:tel|fone|phone|cel|whats|mobile|mobil|cell|fax|zap|тел|моб|номер|contat|number is|numero|número)[^\n]{0,24}$/i;

/** The forms of numbers that people write, most specific first. Separators are part of the form: loose digits are not joined. */
const FORMS: readonly Form[] = [
  { label: label('BOLETO'), pattern: /\d{5}\.?\d{5} ?\d{5}\.?\d{6} ?\d{5}\.?\d{6} ?\d ?\d{14}/y, check: isBoleto },
  { label: label('CNPJ'), pattern: /\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}|\d{8}\/\d{4}-\d{2}|\d{14}/y, check: isCnpj },
  { label: label('CPF'), pattern: /\d{3}\.\d{3}\.\d{3}-\d{2}|\d{9}-\d{2}|\d{11}/y, check: isCpf },
  { label: label('PIS'), pattern: /\d{3}\.\d{5}\.\d{2}-\d/y, check: isPis },
  { label: label('PIS'), pattern: /\d{11}/y, check: isPis, after: /(?:pis|pasep|nit|nis)\W{0,8}(?:\w{1,8}\W{1,4})?$/i },
  { label: label('RG'), pattern: /\d{2}\.\d{3}\.\d{3}-[\dXx]/y, check: isRg },
  {
    label: label('RG'),
    pattern: /\d{2}\.\d{3}\.\d{3}-[\dXx]|\d{8}-?[\dXx]/y,
    after: /\b(?:rg|identidade)\W{0,12}(?:n\W{0,3})?$/i,
  },
  {
    label: label('PAN'),
    pattern: /\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19}/y,
    check: isCard,
  },
  { label: label('IIN'), pattern: /\d{12}/y, check: isIin },
  { label: label('BIN'), pattern: /\d{12}/y, check: isBin },
  // https://www.insee.fr, https://www.ibz.rrn.fgov.be, https://www.zas.admin.ch
  {
    label: label('SOCIALSECURITY'),
    pattern: /[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}/y,
    check: (bare) => 97 - Number(BigInt(bare.slice(0, 13)) % 97n) === Number(bare.slice(13)),
  },
  {
    label: label('NATIONALID'),
    pattern: /\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}/y,
    check: (bare) =>
      [Number(bare.slice(0, 9)), Number(`2${bare.slice(0, 9)}`)].some((n) => 97 - (n % 97) === Number(bare.slice(9))),
  },
  { label: label('SOCIALSECURITY'), pattern: /756\.?\d{4}\.?\d{4}\.?\d{2}/y, check: isEan13 },
  // https://dvv.fi/en/personal-identity-code
  { label: label('NATIONALID'), pattern: /\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]/y, check: isFinnish },
  // https://www.gov.br/anatel, E.164
  { label: label('PHONE'), pattern: /55 ?\(?\d{2}\)? ?9?\d{4}-?\d{4}|\d{2}\) ?9?\d{4}[- ]\d{4}|\d{2} 9\d{4}-\d{4}/y },
  { label: label('PHONE'), pattern: /[78][ -]?\(?7\d{2}\)?[ -]?\d{3}[ -]\d{2}[ -]?\d{2}/y },
  { label: label('PHONE'), pattern: /\d{3}\)[ -]?\d{3}[-. ]\d{4}/y },
  {
    label: label('PHONE'),
    pattern: /[\d][\d ().-]{5,18}\d/y,
    after: PHONE_WORD,
    check: (bare) => bare.length >= 8 && bare.length <= 15,
  },
];

/** A run of digits with the separators that such numbers have. Bounded, so that a wall of digits costs one step each. */
const RUN = /\d[\d .()/-]{6,62}[\dXx]|\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]/g;

/** Numbers with check digits, and phones. */
export function numberSweep(probe: Probe): void {
  RUN.lastIndex = 0;
  for (let run = RUN.exec(probe.text); run; run = RUN.exec(probe.text)) {
    if (probe.expired()) return;
    const end = run.index + run[0].length;
    for (let at = run.index; at < end; ) at = numberAt(probe, at) ?? nextGroup(probe.text, at, end);
  }
}

/** Reports the number that begins at an offset and gives its end. */
function numberAt(probe: Probe, at: number): number | undefined {
  const { text } = probe;
  const before = text.charAt(at - 1);
  if (/[\w.@#]/.test(before) || (before === '-' && /[\w.]/.test(text.charAt(at - 2)))) return undefined;
  if (before === '/' && /\w/.test(text.charAt(at - 2))) return undefined;
  const international = internationalPhone(probe, at);
  if (international !== undefined) return international;
  for (const form of FORMS) {
    form.pattern.lastIndex = at;
    const found = form.pattern.exec(text);
    if (!found || isJoined(text, at + found[0].length)) continue;
    if (form.check && !form.check(found[0].replace(/[^0-9A-Za-z+]/g, ''))) continue;
    if (form.after && !form.after.test(text.slice(Math.max(0, at - 48), at))) continue;
    probe.report(phoneStart(text, at), at + found[0].length, form.label);
    return at + found[0].length;
  }
  return undefined;
}

const INTERNATIONAL = /[1-9]\d{0,2}[ .-]?(?:\(\d{1,5}\)[ .-]?)?\d{1,5}(?:[ .-]?\d{2,5}){1,5}/y;
const phoneLabel = label('PHONE');

/** E.164 with a plus sign: 8 to 15 digits. https://www.itu.int/rec/T-REC-E.164 */
function internationalPhone(probe: Probe, at: number): number | undefined {
  const { text } = probe;
  if (text.charAt(at - 1) !== '+' || /[\w)\]+]/.test(text.charAt(at - 2))) return undefined;
  INTERNATIONAL.lastIndex = at;
  const found = INTERNATIONAL.exec(text);
  const count = found?.[0].replace(/\D/g, '').length ?? 0;
  if (!found || count < 9 || count > 15 || isJoined(text, at + found[0].length)) return undefined;
  probe.report(at - 1, at + found[0].length, phoneLabel);
  return at + found[0].length;
}

function isJoined(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    ((code === 46 || code === 45) && /\w/.test(text.charAt(end + 1)))
  );
}

const phoneStart = (text: string, at: number): number => {
  const open = text.charAt(at - 1) === '(' && /^\d{1,5}\)/.test(text.slice(at, at + 6)) ? at - 1 : at;
  return text.charAt(open - 1) === '+' ? open - 1 : open;
};

function nextGroup(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && /[\dA-Za-z]/.test(text.charAt(next))) next++;
  while (next < end && !/\d/.test(text.charAt(next))) next++;
  return next;
}

function isEan13(bare: string): boolean {
  return [...bare].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

function isFinnish(bare: string): boolean {
  const written = bare.replace(/[^0-9A-Z+]/g, '');
  const day = written.slice(0, 2);
  const digits = `${written.slice(0, 6)}${written.slice(-4, -1)}`;
  return isDate(written.slice(2, 4), day) && '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31] === written.at(-1);
}

const IBAN = /(?<![0-9A-Za-z])[A-Z]{2}\d{2}[ -]?[0-9A-Z]{4}(?:[ -]?[0-9A-Z]{1,4}){1,7}/g;
const ibanLabel = label('IBAN');

export function ibanSweep(probe: Probe): void {
  for (const found of probe.text.matchAll(IBAN)) {
    if (probe.expired()) return;
    const wanted = ibanLength(found[0].slice(0, 2));
    if (wanted === undefined) continue;
    const end = endOfCharacters(found[0], wanted);
    if (end === undefined || /[0-9A-Za-z]/.test(probe.text.charAt(found.index + end))) continue;
    if (isIban(found[0].slice(0, end).replace(/[ -]/g, ''))) probe.report(found.index, found.index + end, ibanLabel);
  }
}

/** Offset after the n-th character that is no separator. */
function endOfCharacters(text: string, count: number): number | undefined {
  let seen = 0;
  for (let at = 0; at < text.length; at++) if (!' -'.includes(text.charAt(at)) && ++seen === count) return at + 1;
  return undefined;
}

const FORMATTED_CNPJ = /^[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}\/[0-9A-Z]{4}-\d{2}$/;
const cnpjLabel = label('CNPJ');

/** CNPJs with letters, which are given out since July 2026: bare ones are a run of 14, written ones have one of 7 about their slash. */
export function cnpjRun({ text, report }: Probe, start: number, end: number): void {
  const length = end - start;
  if (length === 14) {
    const value = text.slice(start, end);
    if (/[A-Z]/.test(value) && /\d.*\d\d$/.test(value) && !/[.]/.test(text.charAt(start - 1)) && isCnpj(value))
      report(start, end, cnpjLabel);
  } else if (length === 11 && text.charCodeAt(start + 3) === 0x2f) {
    const value = text.slice(start - 7, end);
    if (FORMATTED_CNPJ.test(value) && isCnpj(value.replace(/[./-]/g, ''))) report(start - 7, end, cnpjLabel);
  }
}

const NIE = /(?<![\w-])[XYZ]-?\d{7}-?[A-Z](?![\w-])/g;
const nieLabel = label('TAXID');

/** The numbers of foreigners in Spain: their check letter is one of 23, and no other number begins so. */
export function nieSweep(probe: Probe): void {
  for (const found of probe.text.matchAll(NIE)) {
    if (probe.expired()) return;
    if (isSpanishNumber(found[0].replaceAll('-', '')))
      probe.report(found.index, found.index + found[0].length, nieLabel);
  }
}
