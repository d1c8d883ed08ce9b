import { type Label, type Probe, rank } from '../../engine/detector.ts';
import { type Name, weigh } from '../contextual/name.ts';
import { isVetoed, scoreOf, THRESHOLD } from '../contextual/score.ts';
import { isProgram } from '../languages.ts';
import { custom } from '../rule.ts';

const LONGEST_LINE = 512;
/** How far below its heading a column is followed, in characters. */
const LONGEST_TABLE = 512;

export const tableRules = [
  custom(
    'tables/column',
    'PASSWORD',
    ['passw', 'pwd', 'senha', 'secret', 'token', 'api_key', 'apikey', 'api key', 'пароль', 'contrase', 'passphrase'],
    columns,
  ),
];

/** The cells under headings that say secret, in a Markdown table or in comma-, semicolon- or tab-separated lines. */
function columns(probe: Probe, start: number, end: number, label: Label): void {
  const { text } = probe;
  if (isProgram(probe.languageId) || probe.seen(tableRules, start)) return;
  const headFrom = text.lastIndexOf('\n', start) + 1;
  const headTo = lineEnd(text, end);
  probe.sawTo(tableRules, headTo);
  if (headTo - headFrom > LONGEST_LINE || headTo >= text.length) return;
  const head = text.slice(headFrom, headTo);
  const separator = separatorOf(head);
  if (!separator || /[(){}=]/.test(head)) return;
  const names = head.split(separator).map(headingName);
  if (names.every((name) => name === undefined)) return;
  let from = headTo + 1;
  while (from < text.length && from - headTo < LONGEST_TABLE) {
    const to = Math.min(lineEnd(text, from), from + LONGEST_LINE);
    const cells = text.slice(from, to).split(separator);
    if (cells.length !== names.length) break;
    for (const cell of placed(cells, from)) {
      const name = names[cell.place];
      if (name && isSecretCell(cell.value, name))
        probe.report(cell.start, cell.start + cell.value.length, { ...label, rank: rank.named });
    }
    from = to + 1;
  }
  // What was a row is not looked at as a head.
  probe.sawTo(tableRules, from);
}

function headingName(cell: string): Name | undefined {
  const words = cell.replace(/["'`*]/g, '').trim();
  const name = words.length < 64 ? weigh(words, { start: 0, end: words.length }) : undefined;
  return name && name.weight >= 2 ? name : undefined;
}

/** Cells without the blanks and quotes around them, with where they begin. */
function placed(cells: readonly string[], from: number): { place: number; start: number; value: string }[] {
  let at = from;
  return cells.map((cell, place) => {
    const value = cell.replace(/^[\s"'`]+/, '');
    const start = at + cell.length - value.length;
    at += cell.length + 1;
    return { place, start, value: value.replace(/[\s"'`]+$/, '') };
  });
}

function isSecretCell(value: string, name: Name): boolean {
  const found = { start: 0, end: value.length, quoted: true, connector: 'assign' } as const;
  return (
    value !== '' && !/^[-:]+$/.test(value) && !isVetoed(value, name, found) && scoreOf(value, name, found) >= THRESHOLD
  );
}

function separatorOf(head: string): string | undefined {
  return ['|', '\t', ';', ','].find((separator) => head.includes(separator));
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
