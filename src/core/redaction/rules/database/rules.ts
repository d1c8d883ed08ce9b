import type { Label, Probe } from '../../engine/detector.ts';
import { custom } from '../rule.ts';
import { isPlaceholder, isReference } from '../vetoes.ts';

const IDENTIFIED =
  /(?:with\s{1,4}[\w"'`]{1,40}\s{1,4})?(?:by|as)\s{1,4}(?:password\s{1,4})?(["'])([^"'\r\n]{1,256})\1/iy;
const PGPASS =
  /^(?:\\:|[^:\s]){1,253}:(?:\d{2,5}|\*):(?:\\:|[^:\s]){1,63}:(?:\\:|[^:\s]){1,63}:((?:\\:|[^:\s]){1,256})$/;

export const databaseRules = [
  // https://dev.mysql.com/doc/refman/8.4/en/create-user.html, https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/CREATE-USER.html
  custom('database/identified-by', 'PASSWORD', ['identified '], identifiedBy),
  // https://www.postgresql.org/docs/current/libpq-pgpass.html
  custom('database/pgpass', 'PASSWORD', [':5432:', ':5433:', ':6432:', ':*:'], pgpass),
];

function identifiedBy({ text, report }: Probe, _start: number, end: number, label: Label): void {
  IDENTIFIED.lastIndex = end;
  const found = IDENTIFIED.exec(text);
  const value = found?.[2];
  if (!found || !value || isReference(value) || isPlaceholder(value)) return;
  const to = end + found[0].length - 1;
  report(to - value.length, to, label);
}

function pgpass({ text, report }: Probe, start: number, _end: number, label: Label): void {
  const from = text.lastIndexOf('\n', start) + 1;
  const newline = text.indexOf('\n', start);
  const to = newline < 0 ? text.length : newline;
  if (to - from > 800) return;
  const value = PGPASS.exec(text.slice(from, to).trimEnd())?.[1];
  if (!value || isReference(value) || isPlaceholder(value)) return;
  const at = text.lastIndexOf(value, to);
  report(at, at + value.length, label);
}
