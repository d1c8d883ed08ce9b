import { PLACEHOLDER_MAX } from '../redaction/vault.ts';

/**
 * The part of a growing answer that can be shown: what its last characters will become is not known yet, so a begun
 * placeholder, table row, list marker or underline is held back, and open emphasis, code and links are closed.
 * Does nothing inside a code fence, except for the placeholder.
 */
export function settled(text: string): string {
  const safe = withoutBegunPlaceholder(text);
  if (insideFence(safe)) return withoutBegunFence(safe);
  const lineStart = safe.lastIndexOf('\n') + 1;
  const line = safe.slice(lineStart);
  if (line === '' || BEGUN_LINE.test(line)) return withoutLoneTableHead(safe.slice(0, lineStart));
  const blockStart = safe.lastIndexOf('\n\n') + 1;
  return safe.slice(0, blockStart) + closed(safe.slice(blockStart));
}

/** A marker without its text, an underline or a fence that may still grow, or a table row. */
const BEGUN_LINE = /^\s*(?:[-*+=_#>`~]{1,3}|={2,}|-{2,}|\d{1,9}[.)]?|[-*+] \[[ x]?\]?|\|.*)\s*$/;

/** A first row is a table only together with the line below it, so it waits for that. */
function withoutLoneTableHead(text: string): string {
  const lines = text.split('\n');
  const [above, head = '', below] = lines.slice(-3);
  return below === '' && head.startsWith('|') && !above?.startsWith('|') ? text.slice(0, -head.length - 1) : text;
}

function withoutBegunPlaceholder(text: string): string {
  for (
    let from = text.lastIndexOf('R');
    from >= 0 && text.length - from < PLACEHOLDER_MAX;
    from = text.lastIndexOf('R', from - 1)
  ) {
    if (BEGUN_PLACEHOLDER.test(text.slice(from))) return text.slice(0, from);
    if (from === 0) break;
  }
  return text;
}

/** Every proper beginning of `PLACEHOLDER`, longer than two letters so that ordinary words are not held back. */
const BEGUN_PLACEHOLDER =
  /^(?:RED|REDA|REDAC|REDACT|REDACTE|REDACTED|REDACTED_(?:[A-Z0-9]{0,24}|[A-Z0-9]{1,24}_[0-9a-f]{0,8}))$/;

function insideFence(text: string): boolean {
  let fence: string | undefined;
  for (const [, marks = '', rest = ''] of text.matchAll(/^ {0,3}(?:> ?|[-*+] |\d+[.)] )* *(`{3,}|~{3,})([^\n]*)/gm)) {
    if (fence === undefined) {
      if (marks[0] === '~' || !rest.includes('`')) fence = marks;
    } else if (marks.startsWith(fence) && rest.trim() === '') fence = undefined;
  }
  return fence !== undefined;
}

/** Takes away a last line that may become the end of the fence, or the fence's own unfinished first line. */
function withoutBegunFence(text: string): string {
  const lineStart = text.lastIndexOf('\n') + 1;
  return /^\s*[`~]{1,}[^\n]*$/.test(text.slice(lineStart)) ? text.slice(0, lineStart) : text;
}

/** Closes what is open in the last paragraph. */
function closed(paragraph: string): string {
  const ticks = paragraph.match(/`+/g) ?? [];
  const open = ticks.length % 2 === 1 ? ticks.at(-1) : undefined;
  if (open === undefined) return withoutOpenStars(withoutOpenLink(paragraph));
  return withoutOpenStars(paragraph.endsWith(open) ? paragraph.slice(0, -open.length) : paragraph + open);
}

const withoutOpenLink = (text: string): string =>
  text.replace(/!?\[([^\]\n]*)\]\([^)\n]*$/, '$1').replace(/(?<![\w)])!?\[[^\]\n]*$/, '');

function withoutOpenStars(text: string): string {
  const outsideCode = text.replaceAll(/`[^`]*`/g, '');
  if ((outsideCode.match(/\*\*/g) ?? []).length % 2 === 0) return text.replace(/(?<![*\w])\*$/, '');
  return /\*\*\s*$/.test(text) ? text.replace(/\*+\s*$/, '') : `${text.trimEnd()}**`;
}
