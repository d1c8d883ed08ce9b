import type { Label, Probe } from '../../engine/detector.ts';
import { type Name, weigh } from '../contextual/name.ts';
import { isVetoed, scoreOf, THRESHOLD } from '../contextual/score.ts';
import { custom } from '../rule.ts';
import { isPlaceholder, isReference } from '../vetoes.ts';

const IDENTIFIED =
  /(?:with\s{1,4}[\w"'`]{1,40}\s{1,4})?(?:by|as)\s{1,4}(?:password\s{1,4})?(["'])([^"'\r\n]{1,256})\1/iy;
const PGPASS =
  /^(?:\\:|[^:\s]){1,253}:(?:\d{2,5}|\*):(?:\\:|[^:\s]){1,63}:(?:\\:|[^:\s]){1,63}:((?:\\:|[^:\s]){1,256})$/;

export const databaseRules = [
  // https://dev.mysql.com/doc/refman/8.4/en/create-user.html, https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/CREATE-USER.html
  custom('database/identified-by', 'PASSWORD', ['identified '], identifiedBy),
  // ISO/IEC 9075-2: a column list, then rows
  custom('database/insert', 'PASSWORD', ['insert into '], insertedRows),
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

function pgpass(probe: Probe, start: number, _end: number, label: Label): void {
  const { text } = probe;
  if (probe.seen(PGPASS, start)) return;
  const from = text.lastIndexOf('\n', start) + 1;
  const newline = text.indexOf('\n', start);
  const to = newline < 0 ? text.length : newline;
  probe.sawTo(PGPASS, to);
  if (to - from > 800) return;
  const line = text.slice(from, to).trimEnd();
  const value = PGPASS.exec(line)?.[1];
  if (!value || isReference(value) || isPlaceholder(value)) return;
  probe.report(from + line.length - value.length, from + line.length, label);
}

const INSERT = /[\w."`[\]]{1,128}\s{0,8}\(([^()]{1,1024})\)\s{0,8}values?\s{0,8}/iy;
const ROW = /\s{0,8},?\s{0,8}\(((?:'(?:[^'\\]|''|\\.){0,512}'|"[^"]{0,512}"|[^()'"]){1,1600})\)/y;
const MOST_ROWS = 32;

/** The values of columns whose names say secret. */
function insertedRows(probe: Probe, _start: number, end: number, label: Label): void {
  INSERT.lastIndex = end;
  const head = INSERT.exec(probe.text);
  if (!head) return;
  const names = (head[1] ?? '').split(',').map((name) => weighWord(name.trim().replace(/["'`[\]]/g, '')));
  if (names.every((name) => name === undefined)) return;
  ROW.lastIndex = end + head[0].length;
  for (let row = 0; row < MOST_ROWS; row++) {
    const from = ROW.lastIndex;
    const found = ROW.exec(probe.text);
    if (!found) return;
    const cells = (found[1] ?? '').matchAll(/\s*('(?:[^'\\]|''|\\.)*'|"[^"]*"|[^,]*)(?:,|$)/g);
    const start = from + found[0].length - 1 - (found[1] ?? '').length;
    for (const [place, cell] of [...cells].entries()) {
      const name = names[place];
      const literal = cell[1] ?? '';
      if (!name || !/^['"]/.test(literal)) continue;
      const at = start + cell.index + cell[0].indexOf(literal) + 1;
      const value = literal.slice(1, -1);
      if (isSecretCell(value, name)) probe.report(at, at + value.length, label);
    }
  }
}

function weighWord(identifier: string): Name | undefined {
  const name = weigh(identifier, { start: 0, end: identifier.length });
  return name && name.weight >= 2 ? name : undefined;
}

function isSecretCell(value: string, name: Name): boolean {
  const found = { start: 0, end: value.length, quoted: true, connector: 'assign' } as const;
  return !isVetoed(value, name, found) && scoreOf(value, name, found) >= THRESHOLD;
}
