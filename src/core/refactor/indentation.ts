/**
 * A model's code moved to where the original stands. Models dedent a range, dedent only its first line, or write spaces
 * where the file has tabs. Lines keep their depth relative to each other.
 */
export function reindented(code: string, original: string): string {
  const lines = inUnitsOf(trimFirst(code).split('\n'), original.split('\n'));
  const originalLines = original.split('\n');
  const target = commonIndent(originalLines);
  const [first = '', ...rest] = lines;
  if (onlyFirstIsBare(lines, originalLines)) return [target + first, ...rest].join('\n');
  const own = commonIndent(lines);
  if (own === target) return lines.join('\n');
  return lines.map((line) => (isBlank(line) ? '' : target + line.slice(own.length))).join('\n');
}

/** The first line lost its indentation, the others still stand as deep as in the original. */
function onlyFirstIsBare(lines: readonly string[], original: readonly string[]): boolean {
  const target = commonIndent(original);
  const rest = lines.slice(1);
  if (target === '' || indentOf(lines[0] ?? '') !== '' || rest.every(isBlank)) return false;
  const restOfOriginal = original.slice(original.findIndex((line) => !isBlank(line)) + 1);
  return commonIndent(rest).startsWith(target) && commonIndent(rest) === commonIndent(restOfOriginal);
}

/** The longest white space that every line with text begins with. */
function commonIndent(lines: readonly string[]): string {
  let common: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = indentOf(line);
    common ??= indent;
    while (!indent.startsWith(common)) common = common.slice(0, -1);
  }
  return common ?? '';
}

/** Leading spaces as tabs, or tabs as spaces, when the original uses only the other. */
function inUnitsOf(lines: readonly string[], original: readonly string[]): readonly string[] {
  const wanted = unitOf(original);
  const own = unitOf(lines);
  if (wanted === undefined || own === undefined || (wanted === '\t') === (own === '\t')) return lines;
  return lines.map((line) => {
    const indent = indentOf(line);
    if (!indent.startsWith(own)) return line;
    const depth = Math.floor(indent.length / own.length);
    return wanted.repeat(depth) + indent.slice(depth * own.length) + line.slice(indent.length);
  });
}

/** One step of indentation: a tab, or the shortest step of spaces that occurs; undefined where nothing is indented or both are. */
function unitOf(lines: readonly string[]): string | undefined {
  const indents = lines
    .filter((line) => !isBlank(line))
    .map(indentOf)
    .filter((indent) => indent !== '');
  const tabs = indents.filter((indent) => /^\t+ ?$/.test(indent)).length;
  if (indents.length === 0) return undefined;
  if (tabs === indents.length) return '\t';
  if (indents.some((indent) => indent.includes('\t'))) return undefined;
  // One space is the alignment of a block comment's stars, not a step.
  const widths = [...new Set(indents.map((indent) => indent.length))]
    .filter((width) => width > 1)
    .sort((a, b) => a - b);
  const steps = widths.map((width, index) => width - (widths[index - 1] ?? 0)).filter((step) => step > 1);
  return steps.length > 0 ? ' '.repeat(Math.min(...steps)) : undefined;
}

/** Without blank lines before the first line with text. */
const trimFirst = (code: string): string => code.replace(/^(?:[ \t]*\n)+/, '');
const isBlank = (line: string): boolean => line.trim() === '';
const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
