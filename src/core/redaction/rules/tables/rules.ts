import { type Label, type Probe, rank } from '../../engine/detector.ts';
import { nameAround, weigh } from '../contextual/name.ts';
import { isVetoed, scoreOf, THRESHOLD } from '../contextual/score.ts';
import { isProgram } from '../languages.ts';
import { custom } from '../rule.ts';

const LONGEST_LINE = 1024;
/** How far below its heading a column is followed, in characters. */
const LONGEST_TABLE = 2048;

export const tableRules = [
  custom(
    'tables/column',
    'PASSWORD',
    ['passw', 'pwd', 'senha', 'secret', 'token', 'api_key', 'apikey', 'api key', 'пароль', 'contrase', 'passphrase'],
    column,
  ),
];

/** The cells under a heading that says secret, in a Markdown table or in comma-, semicolon- or tab-separated lines. */
function column(probe: Probe, start: number, end: number, label: Label): void {
  const { text } = probe;
  if (isProgram(probe.languageId)) return;
  const headFrom = text.lastIndexOf('\n', start) + 1;
  const headTo = lineEnd(text, end);
  if (headTo - headFrom > LONGEST_LINE || headTo >= text.length) return;
  const head = text.slice(headFrom, headTo);
  const separator = separatorOf(head);
  if (!separator || /[(){}=]/.test(head)) return;
  const span = nameAround(text, start, end);
  const name = span && weigh(text, span);
  if (!name || name.weight < 2) return;
  const place = head.slice(0, start - headFrom).split(separator).length - 1;
  let from = headTo + 1;
  while (from < text.length && from - headTo < LONGEST_TABLE) {
    const to = lineEnd(text, from);
    const cells = text.slice(from, Math.min(to, from + LONGEST_LINE)).split(separator);
    if (cells.length !== head.split(separator).length) return;
    const before = cells.slice(0, place).reduce((sum, cell) => sum + cell.length + 1, 0);
    const cell = cells[place] ?? '';
    const value = cell.replace(/^[\s"'`]+|[\s"'`]+$/g, '');
    const at = from + before + cell.indexOf(value);
    const found = { start: at, end: at + value.length, quoted: true, connector: 'assign' } as const;
    if (value && !/^[-:]+$/.test(value) && !isVetoed(value, name, found) && scoreOf(value, name, found) >= THRESHOLD)
      probe.report(found.start, found.end, { ...label, rank: rank.named });
    from = to + 1;
  }
}

function separatorOf(head: string): string | undefined {
  return ['|', '\t', ';', ','].find((separator) => head.includes(separator));
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
