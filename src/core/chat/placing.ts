/** A file's text with a code block of an answer put in its place. */
export interface Proposal {
  readonly text: string;
  /** Edits that found their place, of how many. */
  readonly fits: number;
  readonly of: number;
}

/** Lines counted from 0, `end` not included. */
interface Region {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds where the code of an answer belongs in a file and puts it there. In this order: a diff goes where its old lines
 * stand; code replaces the region that begins and ends like it, or the declaration of the same name, or else the selected
 * lines. A comment of dots, as models write for code left out, keeps what stands there.
 * Undefined when no place fits. A guess is fine: the caller shows a diff before anything is written.
 */
export function proposal(
  file: string,
  code: string,
  place: { readonly language: string; readonly selection?: Region },
): Proposal | undefined {
  const newline = file.includes('\r\n') ? '\r\n' : '\n';
  const lines = file.split(/\r?\n/);
  const codeLines = withoutEdgeBlanks(code.split(/\r?\n/));
  const edits = isDiff(codeLines, place.language)
    ? diffEdits(lines, codeLines)
    : codeEdits(lines, codeLines, place.selection);
  const found = edits.filter((edit) => edit !== undefined);
  if (found.length === 0) return undefined;
  let text = [...lines];
  for (const edit of found.toReversed()) text = text.toSpliced(edit.start, edit.end - edit.start, ...edit.lines);
  return { text: text.join(newline), fits: found.length, of: edits.length };
}

interface Edit extends Region {
  readonly lines: readonly string[];
}

const isDiff = (code: readonly string[], language: string): boolean =>
  language === 'diff' || language === 'patch' || code.some((line) => /^@@ .*@@/.test(line));

function codeEdits(
  file: readonly string[],
  code: readonly string[],
  selection: Region | undefined,
): readonly (Edit | undefined)[] {
  const edits: (Edit | undefined)[] = [];
  let from = 0;
  for (const segment of segmentsOf(code)) {
    const region = regionOf(file, segment, from);
    edits.push(region && { ...region, lines: indentedLike(segment, file[region.start] ?? '') });
    from = region?.end ?? from;
  }
  if (selection && edits.length === 1 && edits[0] === undefined)
    return [{ ...selection, lines: indentedLike(code, file[selection.start] ?? '') }];
  return edits;
}

/** Code between comments of dots. */
function segmentsOf(code: readonly string[]): readonly (readonly string[])[] {
  const segments: string[][] = [[]];
  for (const line of code) {
    if (ELISION.test(line)) segments.push([]);
    else segments.at(-1)?.push(line);
  }
  return segments.map(withoutEdgeBlanks).filter((segment) => segment.length > 0);
}

const ELISION = /^\s*(?:\/\/|#|--|\/\*|<!--|;|%)\s*(?:\.{3}|…)/;

function regionOf(file: readonly string[], code: readonly string[], from: number): Region | undefined {
  const wanted = new Set(code.map((line) => line.trim()).filter((line) => line.length > 2));
  const first = code[0]?.trim() ?? '';
  const last = code.at(-1)?.trim() ?? '';
  let best: { readonly region: Region; readonly score: number } | undefined;
  const consider = (region: Region): void => {
    const common = file.slice(region.start, region.end).filter((line) => wanted.has(line.trim())).length;
    const score = common - Math.abs(region.end - region.start - code.length) / 4;
    if (common > 0 && (!best || score > best.score)) best = { region, score };
  };
  for (let start = from; start < file.length; start++) {
    if (file[start]?.trim() !== first) continue;
    const limit = Math.min(file.length, start + code.length * 2 + 20);
    for (let end = start + 1; end <= limit; end++) {
      if (file[end - 1]?.trim() === last && (code.length > 1 || end === start + 1)) consider({ start, end });
    }
    if (code.length > 1) consider(blockFrom(file, start));
  }
  return best?.region ?? declarationOf(file, code, from);
}

/** The declaration in the file that has the name which the code declares. */
function declarationOf(file: readonly string[], code: readonly string[], from: number): Region | undefined {
  const at = code.findIndex((line) => declaredName(line) !== undefined);
  const name = declaredName(code[at] ?? '');
  if (name === undefined) return undefined;
  const found = file.findIndex((line, index) => index >= from && declaredName(line) === name);
  return found < 0 ? undefined : blockFrom(file, found);
}

function declaredName(line: string): string | undefined {
  const keyword =
    /\b(?:function\*?|class|interface|type|enum|const|let|var|def|func|fun|fn|struct|trait|record|object)\s+([\p{L}_$][\p{L}\p{N}_$]*)/u;
  const method = /^\s+(?:[a-z]+\s+)*([\p{L}_$#][\p{L}\p{N}_$]*)\s*\([^;]*\{\s*$/u;
  const name = (keyword.exec(line) ?? method.exec(line))?.[1];
  return name !== undefined && /^(?:if|for|while|switch|catch|return)$/.test(name) ? undefined : name;
}

/** A line and what is indented below it, with the line that closes it. */
function blockFrom(file: readonly string[], start: number): Region {
  const depth = indentOf(file[start] ?? '').length;
  for (let line = start + 1; line < file.length; line++) {
    const text = file[line] ?? '';
    if (text.trim() === '' || indentOf(text).length > depth) continue;
    if (/^\s*[)\]}]+\s*[:{=]/.test(text)) continue;
    if (/^\s*(?:[)\]}]|end\b)/.test(text)) return { start, end: line + 1 };
    return { start, end: lastFilled(file, start, line) };
  }
  return { start, end: lastFilled(file, start, file.length) };
}

function lastFilled(file: readonly string[], start: number, end: number): number {
  let last = end;
  while (last > start + 1 && file[last - 1]?.trim() === '') last--;
  return last;
}

/** Code with the indentation of the line where it goes, when it has less. */
function indentedLike(code: readonly string[], line: string): readonly string[] {
  const own = indentOf(code[0] ?? '');
  const wanted = indentOf(line);
  if (wanted === own || !wanted.startsWith(own)) return code;
  const more = wanted.slice(own.length);
  return code.map((one) => (one.trim() === '' ? one : more + one));
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? '';

function diffEdits(file: readonly string[], diff: readonly string[]): readonly (Edit | undefined)[] {
  const hunks: string[][] = [[]];
  for (const line of diff) {
    if (line.startsWith('@@')) hunks.push([]);
    else if (!/^(?:---|\+\+\+|diff |index |\\ )/.test(line)) hunks.at(-1)?.push(line);
  }
  let from = 0;
  return hunks
    .filter((hunk) => hunk.some((line) => /^[-+]/.test(line)))
    .map((hunk) => {
      const old = hunk.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
      const start = placeOf(file, old, from);
      if (start === undefined) return undefined;
      from = start + old.length;
      const lines = hunk.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
      const like = file[start] ?? '';
      const sameIndent = indentOf(like) === indentOf(old[0] ?? '');
      return { start, end: from, lines: sameIndent ? lines : indentedLike(lines, like) };
    });
}

/** Where lines stand one after another, with or without their indentation; undefined for no lines. */
function placeOf(file: readonly string[], old: readonly string[], from: number): number | undefined {
  if (old.every((line) => line.trim() === '')) return undefined;
  for (const plain of [(line: string) => line.trimEnd(), (line: string) => line.trim()]) {
    for (let start = from; start + old.length <= file.length; start++) {
      if (old.every((line, index) => plain(line) === plain(file[start + index] ?? ''))) return start;
    }
  }
  return undefined;
}

function withoutEdgeBlanks(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}
