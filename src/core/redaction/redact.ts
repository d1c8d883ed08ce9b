import type { Admitted } from '../admission/admit.ts';
import { classify } from '../policy/classify.ts';
import type { Refusal, Step } from '../policy/decision.ts';
import { type DataClass, dataClasses, type Task } from '../policy/schema.ts';
import type { Finding, ReplacedFinding } from './finding.ts';
import { firstEndingAfter, mapOffset, spanAround } from './offsets.ts';
import { type ScanOptions, scan } from './scan.ts';
import type { ScanCache } from './scan-cache.ts';
import type { Vault } from './vault.ts';

/** Where a piece of redacted text comes from. `path` is for the audit on this machine, not for prompts. */
export interface Source {
  readonly uri: string;
  readonly path: string;
  readonly class: DataClass;
  /** The rules that gave it its class, for "Why Did This Go There?". */
  readonly steps: readonly Step[];
  /** SHA-256 of the policy under which it was read; another policy may exclude it or replace more of it. */
  readonly policyHash: string;
}

interface Fields {
  readonly text: string;
  readonly findings: readonly ReplacedFinding[];
  readonly sources: readonly Source[];
}

let make: (fields: Fields) => RedactedText;

/**
 * Text that may stand in a prompt: every finding is a placeholder. Only `redact` makes one from a document; slices
 * and compositions are made of others and of literals in the source code. It knows its sources and their classes.
 */
export class RedactedText {
  readonly #text: string;
  readonly findings: readonly ReplacedFinding[];
  readonly sources: readonly Source[];

  static {
    make = (fields) => new RedactedText(fields);
  }

  private constructor(fields: Fields) {
    this.#text = fields.text;
    this.findings = fields.findings;
    this.sources = fields.sources;
  }

  get text(): string {
    return this.#text;
  }

  get length(): number {
    return this.#text.length;
  }

  /** The part between two offsets. A placeholder or a surrogate pair at an edge is left out whole, never cut. */
  slice(start: number, end: number = this.#text.length): RedactedText {
    let from = Math.max(0, start);
    let to = Math.min(this.#text.length, end);
    from = spanAround(this.findings, from)?.end ?? from;
    to = spanAround(this.findings, to)?.start ?? to;
    if (isLowSurrogate(this.#text, from)) from++;
    if (isLowSurrogate(this.#text, to)) to--;
    if (to <= from) return make({ text: '', findings: [], sources: this.sources });
    const findings = this.findings
      .slice(firstEndingAfter(this.findings, from), firstEndingAfter(this.findings, to))
      .map((finding) => shift(finding, -from));
    return make({ text: this.#text.slice(from, to), findings, sources: this.sources });
  }

  /**
   * The same text with every marker broken by a space after its first character, so that source code which contains a
   * model's control token cannot end or restructure the prompt.
   */
  neutralised(markers: readonly string[]): RedactedText {
    const present = markers.filter((marker) => marker.length > 1 && this.#text.includes(marker));
    if (present.length === 0) return this;
    const pieces: RedactedText[] = [];
    let from = 0;
    for (const at of placesOf(this.#text, present)) {
      pieces.push(this.slice(from, at + 1), compose` `);
      from = at + 1;
    }
    pieces.push(this.slice(from));
    return join(pieces, '');
  }
}

/** A whole document, redacted, with the way from its offsets to those of the redacted text. */
export interface RedactedDocument {
  readonly text: RedactedText;
  /** Its path, redacted too: paths can hold names. */
  readonly path: RedactedText;
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly class: DataClass;
  /** Findings in offsets of the original, for display in the editor. */
  readonly findings: readonly Finding[];
  /** Maps an offset of the original; undefined when it lies inside a finding. */
  offsetOf(original: number): number | undefined;
}

export interface Redaction {
  readonly vault: Vault;
  readonly task: Task;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Milliseconds that checking one document may take. */
  readonly budgetMs: number;
  /** Remembers scans by document and version. */
  readonly cache: ScanCache;
}

export const REDACTION_BUDGET_MS = 150;

/** Replaces every finding of an admitted document. A document that cannot be checked in time is refused. */
export function redact(admitted: Admitted, redaction: Redaction): RedactedDocument | Refusal {
  const { snapshot, active } = admitted;
  const started = redaction.now();
  const options: ScanOptions = {
    path: snapshot.path,
    languageId: snapshot.languageId,
    custom: active.policy.redaction,
    now: redaction.now,
    deadline: started + redaction.budgetMs,
  };
  const body = redaction.cache.scan(snapshot.uri, snapshot.text, active.hash, options);
  const path = scan(snapshot.path, { ...options, languageId: 'plaintext' });
  if (!body.ok || !path.ok) return refusal('redaction-deadline', 'This text could not be checked for secrets in time.');
  const counts = countByType(body.findings);
  const { class: dataClass, steps } = classify(
    active.policy,
    {
      ...admitted.provenance,
      path: snapshot.path,
      uri: snapshot.uri,
      languageId: snapshot.languageId,
      findings: counts,
    },
    redaction.task,
  );
  const personal = body.findings.some((finding) => finding.kind === 'personal');
  const action = active.policy.redaction.personalData[dataClass] ?? 'replace';
  if (personal && action !== 'replace') {
    return { ...refusal('personal-data', 'Policy does not let text with personal data leave, even replaced.'), steps };
  }
  const source: Source = { uri: snapshot.uri, path: snapshot.path, class: dataClass, steps, policyHash: active.hash };
  const text = replace(snapshot.text, body.findings, source, redaction.vault);
  return {
    text,
    path: replace(snapshot.path, path.findings, source, redaction.vault),
    uri: snapshot.uri,
    languageId: snapshot.languageId,
    version: snapshot.version,
    class: dataClass,
    findings: body.findings,
    offsetOf: (original) => mapOffset(original, body.findings, text.findings),
  };
}

/**
 * Composes redacted text with literals of the source code: compose\`### ${path}\n${body}\n\`. Holes take redacted text
 * or a line number, nothing else; the literal parts cannot come from a variable, because only a template literal makes
 * a TemplateStringsArray.
 */
export function compose(literals: TemplateStringsArray, ...holes: readonly (RedactedText | number)[]): RedactedText {
  let text = literals[0] ?? '';
  const findings: ReplacedFinding[] = [];
  const sources = new Map<string, Source>();
  for (const [index, hole] of holes.entries()) {
    if (typeof hole === 'number') {
      if (!Number.isSafeInteger(hole) || Math.abs(hole) >= 1e8)
        throw new RangeError('only line numbers and counts may stand in a prompt');
      text += hole;
    } else {
      for (const finding of hole.findings) findings.push(shift(finding, text.length));
      for (const source of hole.sources) sources.set(`${source.uri}\n${source.class}`, source);
      text += hole.text;
    }
    text += literals[index + 1] ?? '';
  }
  return make({ text, findings, sources: [...sources.values()] });
}

/** Joins redacted texts. The separators are a closed set, so that no text enters a prompt through them. */
export function join(pieces: readonly RedactedText[], separator: '' | '\n' | '\n\n' | ', '): RedactedText {
  const texts: string[] = [];
  const findings: ReplacedFinding[] = [];
  const sources = new Map<string, Source>();
  let length = 0;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) length += separator.length;
    for (const finding of piece.findings) findings.push(shift(finding, length));
    for (const source of piece.sources) sources.set(`${source.uri}\n${source.class}`, source);
    texts.push(piece.text);
    length += piece.length;
  }
  return make({ text: texts.join(separator), findings, sources: [...sources.values()] });
}

/**
 * The same text with the placeholders of another conversation. One that `from` never made stays as it is: it stands for
 * nothing that could come back.
 */
export function rekey(text: RedactedText, from: Vault, to: Vault): RedactedText {
  let rekeyed = '';
  let at = 0;
  const findings: ReplacedFinding[] = [];
  for (const finding of text.findings) {
    rekeyed += text.text.slice(at, finding.start);
    const placeholder = text.text.slice(finding.start, finding.end);
    const original = from.original(placeholder);
    let other = placeholder;
    for (const origin of original?.origins ?? []) other = to.placeholder(finding.type, original?.value ?? '', origin);
    findings.push({ ...finding, start: rekeyed.length, end: rekeyed.length + other.length });
    rekeyed += other;
    at = finding.end;
  }
  return make({ text: rekeyed + text.text.slice(at), findings, sources: text.sources });
}

/** The highest class among the sources of a text; `public` for text without sources, which is all literals. */
export function classOf(text: RedactedText): DataClass {
  return dataClasses[Math.max(0, ...text.sources.map((source) => dataClasses.indexOf(source.class)))] ?? 'restricted';
}

function replace(original: string, findings: readonly Finding[], source: Source, vault: Vault): RedactedText {
  let text = '';
  let from = 0;
  const replaced: ReplacedFinding[] = [];
  for (const finding of findings) {
    text += original.slice(from, finding.start);
    const placeholder = vault.placeholder(finding.type, original.slice(finding.start, finding.end), source.uri);
    replaced.push({ ...finding, start: text.length, end: text.length + placeholder.length });
    text += placeholder;
    from = finding.end;
  }
  return make({ text: text + original.slice(from), findings: replaced, sources: [source] });
}

function countByType(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const finding of findings) {
    const type = finding.type.toLowerCase();
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** Offsets at which a marker begins, in order. */
function placesOf(text: string, markers: readonly string[]): number[] {
  const places = new Set<number>();
  for (const marker of markers)
    for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) places.add(at);
  return [...places].toSorted((a, b) => a - b);
}

const isLowSurrogate = (text: string, at: number): boolean =>
  at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

const shift = (finding: ReplacedFinding, by: number): ReplacedFinding => ({
  ...finding,
  start: finding.start + by,
  end: finding.end + by,
});

const refusal = (code: Refusal['code'], reason: string): Refusal => ({ kind: 'refusal', code, reason, steps: [] });
