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
function userinfo(probe: Probe, _start: number, end: number, label: Label): void {
  RUN.lastIndex = end;
  const run = RUN.exec(probe.text.slice(0, end + LONGEST_AUTHORITY))?.[0];
  if (!run) return;
  const edge = run.search(/[/?#]|%2f/i);
  const authority = edge < 0 ? run : run.slice(0, edge);
  let at = lastAt(authority);
  if (at < 0 && edge >= 0 && /^[^:@/?#]*:(?!\d{1,5}$)[^:]+$/.test(authority) && !authority.startsWith('['))
    at = lastAt(run);
  if (at <= 0) return;
  const info = run.slice(0, at);
  const colon = info.search(/:|%3a/i);
  if (colon < 0) {
    tokenAsUser(probe, end, info, label);
    return;
  }
  const from = colon + (info[colon] === ':' ? 1 : 3);
  const password = info.slice(from);
  if (password === '' || isReference(password) || isPlaceholder(password) || /^[%{<[]/.test(password)) return;
  probe.report(end + from, end + at, label);
}

const lastAt = (text: string): number => Math.max(text.lastIndexOf('@'), text.toLowerCase().lastIndexOf('%40'));

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
