import type { Label, Probe } from '../../engine/detector.ts';
import { shapeOf } from '../../engine/shape.ts';
import { custom } from '../rule.ts';
import { isPlaceholder, isReference } from '../vetoes.ts';

const CREDENTIALS =
  /\\*["'`]?\]?[ \t]{0,4}(?::|=>|=|,)[ \t]{0,4}(?:[A-Za-z_.]{1,32}\()?[fbru]?\\*["'`]?(?:(?:Bearer|Basic|Token|ApiKey|Api-Key|Key|SSWS|Negotiate|NTLM|GenieKey|OAuth|Bot|Splunk|JWT|Digest|token token)(?:[ \t]{1,4}|=)(?:token=|apikey=)?\\*["']?)?([^\s"'`<>\\,;(){}]{6,900})/iy;
const AFTER_SCHEME = /([A-Za-z0-9._~+/=:|%!@-]{8,900})/y;
const COOKIE_HEADER = /\\*["']?\]?[ \t]{0,4}[:=,][ \t]{0,4}\\*["'`]?([^\r\n"'`]{3,900})/y;

const SIGN_IN = [
  'auth=(',
  'auth = (',
  'auth: (',
  'basicauth(',
  'basic_auth(',
  'credential(',
  'credentials(',
  '.login(',
  'authenticate(',
  'signin(',
  'sign_in(',
];
const PAIR =
  /\s{0,8}\\*["'`][^"'`\r\n]{1,128}["'`]\s{0,4},\s{0,16}(?:\(?[\w-]{1,32}[ (]{1,2})?\\*["'`]([^"'`\s]{3,256})\\*["'`]/y;

export const httpRules = [
  // https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2
  custom(
    'http/authorization',
    'AUTHORIZATION',
    ['authorization', 'x-auth-token', 'x-api-key', 'private-token', 'x-vault-token', 'x-access-token'],
    authorization,
  ),
  // https://www.rfc-editor.org/rfc/rfc6750#section-2.1, https://www.rfc-editor.org/rfc/rfc7617
  custom('http/bearer', 'AUTHORIZATION', ['bearer '], scheme(16)),
  custom('http/basic', 'AUTHORIZATION', ['basic '], basic),
  // https://www.rfc-editor.org/rfc/rfc6265#section-4
  custom('http/cookie', 'COOKIE', ['cookie'], cookies),
  // A user and a password as the two arguments of what signs in.
  custom('http/user-and-password', 'PASSWORD', SIGN_IN, userAndPassword),
];

function authorization({ text, report }: Probe, _start: number, end: number, label: Label): void {
  CREDENTIALS.lastIndex = end;
  const found = CREDENTIALS.exec(text);
  const value = found?.[1];
  if (!found || !value || !isCredential(value)) return;
  const to = end + found[0].length;
  report(to - value.length, to, label);
}

/** A value that is no reference, no placeholder, no word and no identifier of a program. */
function isCredential(value: string): boolean {
  if (isReference(value) || isPlaceholder(value) || /^[A-Za-z_.$]+$/.test(value)) return false;
  return /\d/.test(value) || /[A-Z]/.test(value);
}

function scheme(shortest: number) {
  return ({ text, report }: Probe, start: number, end: number, label: Label): void => {
    if (start > 0 && /\w/.test(text.charAt(start - 1))) return;
    AFTER_SCHEME.lastIndex = end;
    const value = AFTER_SCHEME.exec(text)?.[1];
    if (!value || value.length < shortest || isPlaceholder(value) || isReference(value)) return;
    const { digits, transitions } = shapeOf(value);
    if (digits >= 2 && transitions >= 2) report(end, end + value.length, label);
  };
}

/** Base64 of `user:password`: at least two groups, not a word. */
function basic({ text, report }: Probe, _start: number, end: number, label: Label): void {
  const value = /^[A-Za-z0-9+/_-]{8,1024}={0,2}/.exec(text.slice(end, end + 1026))?.[0];
  if (!value || /^[a-z]+$|^[A-Z]?[a-z]+$/.test(value) || isPlaceholder(value)) return;
  const { upper, lower, digits } = shapeOf(value);
  if (upper > 0 && lower > 0 && (digits > 0 || value.endsWith('='))) report(end, end + value.length, label);
}

/** Values of cookies that are long and random; the rest of a cookie header is preferences. */
function cookies(probe: Probe, start: number, end: number, label: Label): void {
  const { text, report } = probe;
  if (probe.seen(COOKIE_HEADER, start)) return;
  COOKIE_HEADER.lastIndex = end;
  const found = COOKIE_HEADER.exec(text);
  const header = found?.[1];
  if (!found || !header) return;
  probe.sawTo(COOKIE_HEADER, end + found[0].length);
  const from = end + found[0].length - header.length;
  for (const pair of header.matchAll(/[\w.-]{1,64}=([^;\s,]{16,900})/g)) {
    const value = pair[1] ?? '';
    const { digits, lower, upper } = shapeOf(value);
    if (digits < 2 || lower + upper < 2 || isPlaceholder(value) || isReference(value)) continue;
    const at = from + pair.index + pair[0].length - value.length;
    report(at, at + value.length, label);
  }
}

function userAndPassword({ text, report }: Probe, _start: number, end: number, label: Label): void {
  PAIR.lastIndex = end;
  const found = PAIR.exec(text);
  const value = found?.[1];
  if (!found || !value || isReference(value) || isPlaceholder(value)) return;
  const at = end + found[0].lastIndexOf(value);
  report(at, at + value.length, label);
}
