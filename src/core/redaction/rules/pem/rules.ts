import type { Label, Probe } from '../../engine/detector.ts';
import { announces, begins, custom } from '../rule.ts';

/** Longest armoured body looked at, in characters: a 16,384-bit RSA key takes 12,600. */
const LONGEST_BODY = 20_000;
const HEADER = /-----BEGIN [A-Z0-9 ]{0,40}?(?:PRIVATE KEY|PRIVATE KEY BLOCK|SECRET KEY)-----/y;
/** What may stand between the dashes and the first character of the body: line ends, also escaped, and string syntax. */
const LEAD = /(?:\\+[nrt]|[\s"'`+,;().&|>#*\\])*/y;
const TRAIL = /(?:\\+[nrt]|[\s"'`+,;().&|>#*\\])$/;
const ARMOUR_LINE = /[ \t"'`+>#*]*(?:[A-Za-z-]+: [^\n]*|[A-Za-z0-9+/=]*)(?:\\+n)?[ \t"'`+,;\\]*(?:\r?\n|$)/y;

export const pemRules = [
  // https://www.rfc-editor.org/rfc/rfc7468, https://www.rfc-editor.org/rfc/rfc9580#section-6
  custom('pem/private-key', 'PRIVATEKEY', ['-----begin'], pemBody),
  // https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html
  custom('pem/putty-key', 'PRIVATEKEY', ['private-lines:'], puttyBody),
  announces('pem/putty-mac', 'PRIVATEKEYMAC', 'private-mac:', { body: /[0-9a-f]{40,64}/, reach: 2 }),
  // https://www.rfc-editor.org/rfc/rfc7517#section-9.3 and rfc7518#section-6
  custom('pem/jwk', 'PRIVATEJWK', ['kty"', "kty'", 'kty:'], jwkMembers),
  // https://github.com/C2SP/C2SP/blob/main/age.md
  begins('pem/age-key', 'AGEKEY', ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], /[0-9A-Z]{50,}/i),
  begins('pem/age-plugin-key', 'AGEKEY', 'AGE-PLUGIN-', /[A-Z0-9-]{1,30}-1[0-9A-Z]{20,}/),
  // https://jedisct1.github.io/minisign/: base64 of the algorithm "Ed" and "Sc"
  announces('pem/minisign-key', 'PRIVATEKEY', 'encrypted secret key', {
    body: /RW[A-Za-z0-9+/]{100,}={0,2}/,
    reach: 4,
  }),
  // https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-nlmp: an AUTHENTICATE message carries the response
  begins('pem/ntlm', 'NTLM', 'TlRMTVNTUAADAAAA', /[A-Za-z0-9+/]{40,}={0,2}/),
];

function pemBody({ text, report }: Probe, start: number, _end: number, label: Label): void {
  HEADER.lastIndex = start;
  const header = HEADER.exec(text);
  if (!header) return;
  LEAD.lastIndex = start + header[0].length;
  const from = LEAD.lastIndex + (LEAD.exec(text)?.[0].length ?? 0);
  const dashes = text.slice(from, from + LONGEST_BODY).indexOf('-----');
  let to = dashes >= 0 && text.startsWith('-----END', from + dashes) ? from + dashes : armourEnd(text, from);
  for (let trail = TRAIL.exec(text.slice(Math.max(from, to - 8), to)); trail && to > from; ) {
    to -= trail[0].length;
    trail = TRAIL.exec(text.slice(Math.max(from, to - 8), to));
  }
  if (to - from >= 24 && /[A-Za-z0-9+/]{16}/.test(text.slice(from, to))) report(from, to, label);
}

/** End of the lines that could be armour, for a key whose end is missing. */
function armourEnd(text: string, from: number): number {
  let to = from;
  while (to < text.length && to - from < LONGEST_BODY) {
    ARMOUR_LINE.lastIndex = to;
    const line = ARMOUR_LINE.exec(text);
    if (!line || line[0].length === 0) break;
    to += line[0].length;
  }
  return to;
}

const PUTTY_LINES = /[ \t]{0,8}(\d{1,3})[ \t]*(?:\r?\n|\\+r?\\*n)/y;

function puttyBody({ text, report }: Probe, _start: number, end: number, label: Label): void {
  PUTTY_LINES.lastIndex = end;
  const count = PUTTY_LINES.exec(text);
  if (!count) return;
  const from = end + count[0].length;
  const body = /^(?:[A-Za-z0-9+/=]{1,80}(?:\s+|\\+[nr]|$))+/.exec(text.slice(from, from + LONGEST_BODY))?.[0].trimEnd();
  if (body) report(from, from + body.length, label);
}

const JWK_AROUND = 4096;
const JWK_MEMBER = /["'\s{,](?:d|k|p|q|dp|dq|qi)\\*["']?\s{0,4}:\s{0,4}\\*["']([\w+/=-]{20,})/g;

function jwkMembers({ text, report }: Probe, start: number, _end: number, label: Label): void {
  const before = text.slice(Math.max(0, start - JWK_AROUND), start);
  const after = text.slice(start, start + JWK_AROUND);
  const open = before.lastIndexOf('{');
  const close = after.indexOf('}');
  const from = start - (open < 0 ? 0 : before.length - open);
  const object = text.slice(from, start + (close < 0 ? after.length : close));
  for (const member of object.matchAll(JWK_MEMBER)) {
    const value = member[1] ?? '';
    const at = from + member.index + member[0].length - value.length;
    report(at, at + value.length, label);
  }
}
