import { escapedViews } from './encodings/escapes.ts';
import { joinedViews } from './encodings/joined.ts';
import { type DecodedRun, decodedRun, SHORTEST_ENCODED } from './encodings/runs.ts';
import { type Candidate, createProbe, type Detector, type Probe, rank } from './engine/detector.ts';
import { createKeywordIndex, type KeywordIndex } from './engine/keywords.ts';
import { settle } from './engine/overlaps.ts';
import { propagate } from './engine/propagate.ts';
import { forEachRun } from './engine/runs.ts';
import { type View, visibleView } from './engine/view.ts';
import type { Finding } from './finding.ts';
import { detectors, runDetectors, sweeps } from './rules/all.ts';
import { customSweeps } from './rules/custom/custom.ts';

export interface ScanOptions {
  readonly path: string;
  readonly languageId: string;
  /** Patterns and words that the policy adds. */
  readonly custom: {
    readonly rules: readonly { readonly name: string; readonly pattern: string }[];
    readonly words: readonly string[];
  };
  /** Monotonic milliseconds; the scan asks it between windows. */
  readonly now: () => number;
  /** Value of `now` at which the scan gives up and the text counts as unchecked. */
  readonly deadline: number;
}

/** Findings in order of `start`, not overlapping; or `deadline` when the text could not be checked in time. */
export type ScanOutcome =
  | { readonly ok: true; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly why: 'deadline' };

/** Finds every secret and personal datum of a text. Pure but for the clock that is handed in. */
export function scan(text: string, options: ScanOptions): ScanOutcome {
  const local = scanLocal(text, options);
  return local ? { ok: true, findings: complete(text, local) } : { ok: false, why: 'deadline' };
}

/**
 * How far from where it begins, in units, a detector looks. Armoured keys, key sets, inserted rows and lines longer than
 * this are the exceptions that rescanning knows of.
 */
export const REACH = 1024;

/**
 * Candidates that the text around them alone gives away, in order and without overlaps; undefined past the deadline.
 * What is found depends on text within `REACH` units of it, and on nothing further.
 */
export function scanLocal(text: string, options: ScanOptions): Candidate[] | undefined {
  const visible = visibleView(text);
  const candidates = candidatesOf(visible?.text ?? text, options, 0);
  if (!candidates) return undefined;
  return settle(
    visible ? candidates.map((candidate) => ({ ...candidate, ...visible.sourceOf(candidate) })) : candidates,
  );
}

/** Adds the further places of the values found, and drops what only detectors need to know. */
export function complete(text: string, local: readonly Candidate[]): Finding[] {
  const further = propagate(text, local);
  return (further.length > 0 ? settle([...local, ...further]) : local).map((candidate) => findingOf(text, candidate));
}

/** How deep encodings may nest: base64 in JSON in JSON is two. */
const DEEPEST = 2;
/** Shortest run of token characters that anything is looked for in. */
const SHORTEST_RUN = 11;

function candidatesOf(text: string, options: ScanOptions, depth: number): readonly Candidate[] | undefined {
  const probe = createProbe(text, options, options);
  keywordIndex().find(text, (keyword, start, end) => {
    for (const detector of ownersOf(keyword)) detector.detect(probe, start, end);
    return !probe.expired();
  });
  const encoded = runsOf(probe, depth);
  for (const sweep of sweeps) sweep(probe);
  for (const sweep of customSweeps(options.custom)) sweep(probe);
  if (depth < DEEPEST) lookInside(probe, encoded, { options, depth });
  return probe.expired() || options.now() > options.deadline ? undefined : probe.candidates;
}

/** Looks at every run of token characters, and gives those that decode to text. */
function runsOf(probe: Probe, depth: number): readonly DecodedRun[] {
  const encoded: DecodedRun[] = [];
  forEachRun(probe.text, SHORTEST_RUN, (start, end) => {
    for (const detect of runDetectors) detect(probe, start, end);
    const run = depth < DEEPEST && end - start >= SHORTEST_ENCODED ? decodedRun(probe.text, start, end) : undefined;
    if (run) encoded.push(run);
  });
  return encoded;
}

interface Inside {
  readonly options: ScanOptions;
  readonly depth: number;
}

/** Scans what is encoded in the text and reports the places that it stands for. */
function lookInside(probe: Probe, encoded: readonly DecodedRun[], inside: Inside): void {
  for (const view of escapedViews(probe.text)) if (!lookInto(view, probe, inside)) return;
  for (const view of joinedViews(probe.text)) if (!lookInto(view, probe, inside)) return;
  for (const run of encoded) {
    const inner = candidatesOf(run.text, inside.options, inside.depth + 1);
    if (!inner || probe.expired()) return;
    const worst = inner.toSorted((a, b) => b.rank - a.rank)[0];
    // A random run inside a random run says nothing; the whole encoded run goes, because a part of it decodes.
    if (worst && worst.rank > rank.random)
      probe.report(run.start, run.end, { ...worst, rank: Math.min(worst.rank, rank.structured) });
  }
}

function lookInto(view: View, probe: Probe, { options, depth }: Inside): boolean {
  const inner = candidatesOf(view.text, options, depth + 1);
  for (const candidate of inner ?? []) {
    const { start, end } = view.sourceOf(candidate);
    probe.report(start, end, candidate);
  }
  return inner !== undefined && !probe.expired();
}

interface Compiled {
  readonly index: KeywordIndex;
  readonly owners: readonly (readonly Detector[])[];
}

let compiled: Compiled | undefined;

/** Built at the first scan rather than at activation: it takes tens of milliseconds. */
function compile(): Compiled {
  const owners = new Map<string, Detector[]>();
  for (const detector of detectors)
    for (const keyword of new Set(detector.keywords)) owners.set(keyword, [...(owners.get(keyword) ?? []), detector]);
  compiled = { index: createKeywordIndex([...owners.keys()]), owners: [...owners.values()] };
  return compiled;
}

const keywordIndex = (): KeywordIndex => (compiled ?? compile()).index;
const ownersOf = (keyword: number): readonly Detector[] => (compiled ?? compile()).owners[keyword] ?? [];

/** A finding never cuts a surrogate pair. */
function findingOf(text: string, { start, end, type, kind, rule }: Candidate): Finding {
  const isLow = (at: number): boolean => at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return { start: isLow(start) ? start - 1 : start, end: isLow(end) ? end + 1 : end, type, kind, rule };
}
