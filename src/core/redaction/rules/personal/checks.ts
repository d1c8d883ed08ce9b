/** Check digits of numbers that name people, companies and accounts. Each takes the characters without separators. */

const digitsOf = (text: string): number[] => [...text].map((character) => character.charCodeAt(0) - 48);
const allSame = (text: string): boolean => /^(.)\1*$/.test(text);

/** Sum of digit × weight, from the right, weights 2 to `most` and round again. */
function weighted(digits: readonly number[], most: number): number {
  return digits.reduceRight((sum, digit, index) => sum + digit * (2 + ((digits.length - 1 - index) % (most - 1))), 0);
}

const modulo11 = (sum: number): number => (sum % 11 < 2 ? 0 : 11 - (sum % 11));

/** https://www.gov.br/receitafederal: two digits, modulus 11, weights 2 to 11. */
export function isCpf(text: string): boolean {
  if (!/^\d{11}$/.test(text) || allSame(text)) return false;
  const digits = digitsOf(text);
  return (
    modulo11(weighted(digits.slice(0, 9), 11)) === digits[9] &&
    modulo11(weighted(digits.slice(0, 10), 11)) === digits[10]
  );
}

/** https://www.gov.br/receitafederal, Instrução Normativa RFB 2.229/2024: letters count as their ASCII code less 48. */
export function isCnpj(text: string): boolean {
  if (!/^[0-9A-Z]{12}\d{2}$/.test(text) || allSame(text.slice(0, 12))) return false;
  const digits = digitsOf(text);
  return (
    modulo11(weighted(digits.slice(0, 12), 9)) === digits[12] &&
    modulo11(weighted(digits.slice(0, 13), 9)) === digits[13]
  );
}

/** https://www.caixa.gov.br: PIS, PASEP, NIT and NIS share one rule. */
export function isPis(text: string): boolean {
  if (!/^\d{11}$/.test(text) || allSame(text)) return false;
  const digits = digitsOf(text);
  return modulo11(weighted(digits.slice(0, 10), 9)) === digits[10];
}

/** The RG of São Paulo and of most states: weights 2 to 9 from the left, modulus 11, X is ten. */
export function isRg(text: string): boolean {
  if (!/^\d{8}[\dX]$/i.test(text)) return false;
  const sum = digitsOf(text.slice(0, 8)).reduce((total, digit, index) => total + digit * (index + 2), 0);
  const last = /x/i.test(text.charAt(8)) ? 10 : Number(text.charAt(8));
  return (sum + last * 100) % 11 === 0;
}

/** FEBRABAN's typed line of 47 digits: three fields, each with a modulus-10 digit. */
export function isBoleto(text: string): boolean {
  if (!/^\d{47}$/.test(text)) return false;
  return luhn(text.slice(0, 10)) && luhn(text.slice(10, 21)) && luhn(text.slice(21, 32));
}

/** https://adilet.zan.kz/rus/docs/Z070000223_: twelve digits, modulus 11, second round when the first gives ten. */
function kazakhCheck(text: string): boolean {
  const digits = digitsOf(text);
  const round = (shift: number): number =>
    digits.slice(0, 11).reduce((sum, digit, index) => sum + digit * (((index + shift) % 11) + 1), 0) % 11;
  const first = round(0);
  const check = first === 10 ? round(2) : first;
  return check < 10 && check === digits[11];
}

export function isIin(text: string): boolean {
  return (
    /^\d{12}$/.test(text) &&
    isDate(text.slice(2, 4), text.slice(4, 6)) &&
    /[1-6]/.test(text.charAt(6)) &&
    kazakhCheck(text)
  );
}

export function isBin(text: string): boolean {
  return /^\d{2}(?:0[1-9]|1[0-2])[4-6][0-4]\d{6}$/.test(text) && kazakhCheck(text);
}

/** ISO/IEC 7812-1 annex B. */
export function luhn(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(text.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Issuer ranges with their lengths: Visa, Mastercard, Amex, Diners, Discover, JCB, UnionPay, Mir, Maestro, Elo, Hipercard, RuPay, Troy, Verve. */
const CARD =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12,15}|62\d{14,17}|220[0-5]\d{12,15}|(?:50[0-9]\d|5[6-9]\d\d|6[0-9]\d\d)\d{8,15}|(?:81|82|508|353|356)\d{13,14}|9792\d{12})$/;

export function isCard(text: string): boolean {
  return CARD.test(text) && !allSame(text) && luhn(text);
}

/** https://www.swift.com/resource/iban-registry-pdf: length by country. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 ' +
    'KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

export const ibanLength = (country: string): number | undefined => IBAN_LENGTHS[country];

/** ISO 13616: country and check digits moved to the end, letters as 10 to 35, modulus 97 is one. */
export function isIban(text: string): boolean {
  if (text.length !== ibanLength(text.slice(0, 2))) return false;
  let remainder = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

export function isDate(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

/** ISO/IEC 7064 MOD 11,10: German tax and VAT numbers. */
export function mod1110(text: string): boolean {
  let product = 10;
  const digits = digitsOf(text);
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digits.at(-1);
}

/** Whether the digits, with these weights from the left, sum to a multiple. */
export function weightedSum(text: string, weights: readonly number[], modulus: number): boolean {
  return digitsOf(text).reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0) % modulus === 0;
}

/** https://www.interior.gob.es: the letter is the number modulo 23; X, Y and Z of foreigners count 0, 1 and 2. */
export function isSpanishNumber(value: string): boolean {
  const number = Number(value.slice(0, -1).replace(/^X/, '0').replace(/^Y/, '1').replace(/^Z/, '2'));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === value.at(-1);
}
