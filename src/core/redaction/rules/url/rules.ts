import type { Label, Probe } from '../../engine/detector.ts';
import { entropy, shapeOf } from '../../engine/shape.ts';
import { custom } from '../rule.ts';
import { isPlaceholder, isReference } from '../vetoes.ts';

const LONGEST_AUTHORITY = 512;
const RUN = /[^\s"'`<>\\|]{3,}/y;

export const urlRules = [
  // https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
  custom('url/password', 'PASSWORD', ['://', '%3a%2f%2f', ':\\/\\/'], userinfo),
  // https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html: user/password@
  custom(
    'url/oracle-password',
    'PASSWORD',
    ['jdbc:oracle:thin:', 'jdbc:oracle:oci:', 'sqlplus ', 'cx_oracle.connect('],
    oraclePassword,
  ),
];

/**
 * The password of `scheme://user:password@host`. People write passwords with raw `/`, `#`, `?` and `@`, so the last `@`
 * of the run counts as long as what stands before the first of these is not plainly a host and port.
 */
function userinfo(probe: Probe, start: number, end: number, label: Label): void {
  RUN.lastIndex = end;
  const run = RUN.exec(probe.text.slice(0, end + LONGEST_AUTHORITY))?.[0];
  if (!run) return;
  const signs = probe.text.charAt(start) === '%' ? ENCODED : PLAIN;
  const edge = run.search(signs.edge);
  const authority = edge < 0 ? run : run.slice(0, edge);
  let at = lastOf(authority, signs.at);
  if (at < 0 && edge >= 0 && HAS_OPEN_PASSWORD.test(authority)) at = lastOf(run, signs.at);
  if (at <= 0) return;
  const info = run.slice(0, at);
  const colon = info.toLowerCase().indexOf(signs.colon);
  const password = info.slice(colon + signs.colon.length);
  if (colon < 0) tokenAsUser(probe, end, info, label);
  else if (isPassword(password)) probe.report(end + at - password.length, end + at, label);
}

/** The signs of a URL, and of one that is itself percent-encoded in another. */
const PLAIN = { edge: /[/?#]/, at: '@', colon: ':' } as const;
const ENCODED = { edge: /%2f|%3f|[&?#]/i, at: '%40', colon: '%3a' } as const;
/** What precedes the first `/` is no host and port, so it is the beginning of a user and password. */
const HAS_OPEN_PASSWORD = /^(?!\[)[^:@/?#]*:(?!\d{1,5}$)[^:]+$/;

const lastOf = (text: string, sign: string): number => text.toLowerCase().lastIndexOf(sign);

const isPassword = (text: string): boolean =>
  text !== '' && !isReference(text) && !isPlaceholder(text) && !/^[%{<[](?![0-9A-Fa-f]{2})/.test(text);

/** `https://TOKEN@host`: only what is plainly random. */
function tokenAsUser(probe: Probe, start: number, user: string, label: Label): void {
  if (user.length < 20 || !/^[\w.~-]+$/.test(user) || isPlaceholder(user)) return;
  const { digits, lower, upper } = shapeOf(user);
  if (digits >= 2 && lower + upper >= 2 && entropy(user) > 3) probe.report(start, start + user.length, label);
}

const ORACLE = /@?(?:[\w$#]{1,64})\/([^@\s"'/]{1,128})@/y;

function oraclePassword({ text, report }: Probe, _start: number, end: number, label: Label): void {
  ORACLE.lastIndex = end;
  const found = ORACLE.exec(text);
  const password = found?.[1];
  if (!found || !password || isReference(password) || isPlaceholder(password)) return;
  const at = end + found[0].length - 1 - password.length;
  report(at, at + password.length, label);
}
