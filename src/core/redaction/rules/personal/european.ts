import { announces } from '../rule.ts';
import { isDate, isSpanishNumber, luhn, mod1110, weightedSum } from './checks.ts';

const bare = (value: string): string => value.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
const personal = (body: RegExp, check: (value: string) => boolean, reach = 48) => ({
  body,
  kind: 'personal' as const,
  check: (value: string) => check(bare(value)),
  reach,
});
const always = (): boolean => true;

/** Numbers that need their name beside them, because their check digits are weak or none. */
export const europeanRules = [
  // https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
  announces(
    'personal/uk-nino',
    'NINO',
    ['insurance', 'nino'],
    personal(
      /(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]/i,
      always,
    ),
  ),
  // https://www.bzst.de: the tax identification number; https://ec.europa.eu/taxation_customs/vies for VAT
  announces(
    'personal/de-tax-id',
    'TAXID',
    ['steuer-id', 'steueridentifikation', 'steuerliche identifikation', 'idnr', 'tax id', 'tin'],
    personal(/[1-9]\d{10}|[1-9]\d \d{3} \d{3} \d{3}/, (value) => mod1110(value) && hasRepeatedDigit(value)),
  ),
  announces(
    'personal/de-vat',
    'VATID',
    ['ust-id', 'umsatzsteuer', 'vat'],
    personal(/DE ?\d{9}/i, (value) => mod1110(value.slice(2))),
  ),
  announces(
    'personal/de-tax-number',
    'TAXID',
    ['steuernummer', 'steuer-nr', 'st.-nr'],
    personal(/\d{2,3}\/\d{3}\/\d{4,5}|\d{3}\/\d{4}\/\d{4}/, always),
  ),
  // https://www.gkv-datenaustausch.de: a letter as two digits, then modulus 10 with weights 1 and 2
  announces(
    'personal/de-health',
    'HEALTHID',
    ['krankenversich', 'egk', 'kvnr', 'versichertennummer', 'versicherten-nr'],
    personal(/[A-Z]\d{9}/, isGermanHealthNumber),
  ),
  announces(
    'personal/de-pension',
    'SOCIALSECURITY',
    ['rentenversicherung', 'sozialversicherung', 'rvnr', 'svnr', 'sv-nummer'],
    personal(
      /\d{2} ?\d{6} ?[A-Z] ?\d{3}/,
      (value) => isDate(value.slice(4, 6), value.slice(2, 4)) || Number(value.slice(2, 4)) > 50,
    ),
  ),
  announces(
    'personal/de-document',
    'IDCARD',
    ['ausweis', 'reisepass', 'passnummer', 'pass-nr', 'perso'],
    personal(
      /[CFGHJKLMNPRTVWXYZ](?=[CFGHJKLMNPRTVWXYZ0-9]{0,7}\d)[CFGHJKLMNPRTVWXYZ0-9]{8}\d?|[LT]\d{8}/,
      isGermanDocument,
    ),
  ),
  // https://www.interior.gob.es: the letter is the number modulo 23
  announces(
    'personal/es-nif',
    'TAXID',
    ['nif', 'dni', 'nie', 'documento'],
    personal(/\d{7,8}-?[A-Z]|[XYZ]-?\d{7}-?[A-Z]/i, isSpanishNumber),
  ),
  announces(
    'personal/passport',
    'PASSPORT',
    ['pasaporte', 'passport', 'passaporte', 'passeport', 'passaporto'],
    personal(/[A-Z]{3}\d{6}|[A-Z]{2}\d{6,7}|[A-Z]\d{8}/i, always),
  ),
  // https://www.agenziaentrate.gov.it
  announces(
    'personal/it-fiscal-code',
    'TAXID',
    ['fiscale', 'codice', 'cf'],
    personal(/[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]/i, isItalianFiscalCode),
  ),
  announces(
    'personal/it-vat',
    'VATID',
    ['iva', 'p.iva', 'vat'],
    personal(/(?:IT ?)?\d{11}|\d{8}_\d{3}/i, (value) => luhn(value.replace(/^IT/, '')) && !/^0+$/.test(value)),
  ),
  announces(
    'personal/it-identity-card',
    'IDCARD',
    ['identità', 'identita', 'carta d', 'identity card', 'id card'],
    personal(/[A-Z]{2} ?\d{5}[A-Z]{2}|[A-Z]{2} ?\d{7}/i, always),
  ),
  announces(
    'personal/it-licence',
    'DRIVERLICENCE',
    'patente',
    personal(/[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]/i, always),
  ),
  // https://www.skatteverket.se: Luhn over the last ten digits
  announces(
    'personal/se-personnummer',
    'NATIONALID',
    ['personnummer', 'pnr', 'identity code', 'samordningsnummer', 'personal number'],
    personal(/(?:19|20|18)?\d{6}[-+]?\d{4}/, (value) => isSwedishPerson(value.slice(-10))),
  ),
  announces(
    'personal/se-organisation',
    'COMPANYID',
    ['organisationsnummer', 'orgnr', 'org.nr', 'company identity', 'org-nr'],
    personal(/(?:16)?\d{2}[2-9]\d{3}-?\d{4}/, (value) => luhn(value.slice(-10))),
  ),
  // https://www.gov.pl: PESEL, NIP
  announces(
    'personal/pl-pesel',
    'NATIONALID',
    'pesel',
    personal(
      /\d{11}/,
      (value) =>
        weightedSum(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10) &&
        isDate(String(Number(value.slice(2, 4)) % 20), value.slice(4, 6)),
    ),
  ),
  announces(
    'personal/pl-nip',
    'TAXID',
    'nip',
    personal(
      /\d{3}-?\d{3}-?\d{2}-?\d{2}|\d{10}/,
      (value) =>
        Number(
          [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((sum, weight, index) => sum + weight * Number(value[index]), 0) % 11,
        ) === Number(value[9]),
    ),
  ),
  // https://www.rvig.nl, https://www.portaldasfinancas.gov.pt
  announces(
    'personal/nl-bsn',
    'NATIONALID',
    ['bsn', 'burgerservice', 'sofinummer'],
    personal(/\d{9}|\d{4}[. ]\d{2}[. ]\d{3}/, (value) => weightedSum(value, [9, 8, 7, 6, 5, 4, 3, 2, -1], 11)),
  ),
  announces(
    'personal/pt-nif',
    'TAXID',
    ['contribuinte', 'nif'],
    personal(
      /[1235689]\d{2} ?\d{3} ?\d{3}/,
      (value) =>
        ((11 - ([9, 8, 7, 6, 5, 4, 3, 2].reduce((sum, weight, index) => sum + weight * Number(value[index]), 0) % 11)) %
          11) %
          10 ===
        Number(value[8]),
    ),
  ),
  // https://www.ssa.gov/employer/randomization.html
  announces(
    'personal/us-ssn',
    'SSN',
    ['ssn', 'social security'],
    personal(/(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}/, always),
  ),
];

function hasRepeatedDigit(value: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of value.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  return Math.max(...counts.values()) <= 3 && counts.size >= 8;
}

function isGermanHealthNumber(value: string): boolean {
  const letter = String(value.charCodeAt(0) - 64).padStart(2, '0');
  const digits = letter + value.slice(1, 9);
  let sum = 0;
  for (const [index, digit] of [...digits].entries()) {
    const product = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === Number(value[9]);
}

/** The machine-readable check digit, weights 7, 3, 1, where one is written; https://www.icao.int/publications/pages/publication.aspx?docnum=9303 */
function isGermanDocument(value: string): boolean {
  if (value.length < 10) return /\d/.test(value);
  const sum = [...value.slice(0, 9)].reduce(
    (total, character, index) => total + Number.parseInt(character, 36) * ([7, 3, 1][index % 3] ?? 0),
    0,
  );
  return sum % 10 === Number(value[9]);
}

/** Odd characters count by a table of the decree of 23 December 1976, even ones by their place. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function isItalianFiscalCode(value: string): boolean {
  let sum = 0;
  for (const [index, character] of [...value.slice(0, 15)].entries()) {
    const code = character.charCodeAt(0);
    const place = code >= 65 ? code - 65 : code - 48;
    sum += index % 2 === 0 ? (ODD[place] ?? 0) : place;
  }
  return String.fromCharCode(65 + (sum % 26)) === value[15];
}

function isSwedishPerson(value: string): boolean {
  const day = Number(value.slice(4, 6));
  return isDate(value.slice(2, 4), String(day > 60 ? day - 60 : day)) && luhn(value);
}
