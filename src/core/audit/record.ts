import type { Outcome } from '../gate/ask.ts';
import type { Decision } from '../policy/decision.ts';
import type { RedactedText } from '../redaction/redact.ts';
import type { RoutedRequest } from '../routing/route.ts';
import type { Head, Sha256 } from './chain.ts';

/** First record of every segment. It witnesses how far other segments had come, so that their ends cannot be cut unseen. */
export type OpenRecord = Readonly<{
  type: 'open';
  /** ISO 8601, UTC. */
  time: string;
  actor: string;
  device: string;
  extension: string;
  witnesses: readonly Readonly<Head & { segment: string }>[];
}>;

/** What became of one request or question. Never content: hashes, counts and names from the policy. */
export type OutcomeRecord = Readonly<{
  type: 'outcome';
  time: string;
  /** `RoutedRequest.id`; absent when nothing was routed. */
  request?: string;
  actor: string;
  device: string;
  extension: string;
  surface: Outcome['question']['surface'];
  task: string;
  class: string;
  /** SHA-256 of the policy that decided. */
  policy: string;
  /** Rules that gave the class and chose the route, such as `classes[1]`. */
  rules: readonly string[];
  model?: string;
  endpoint?: string;
  boundary?: string;
  region?: string;
  /** Keyed hashes of the documents in the prompt, at most MAX_FILES of `fileCount`. */
  files: readonly string[];
  fileCount: number;
  /** Values replaced in the prompt, by type. */
  redactions: Readonly<Record<string, number>>;
  requestHash?: string;
  answerHash?: string;
  tokens?: Tokens;
  durationMs: number;
  outcome: 'sent' | 'refused' | 'failed' | 'cut' | 'aborted';
  /** The finish reason, the kind of error or the code of the refusal. */
  why: string;
}>;

/** As the server counted them. */
type Tokens = Readonly<{ input: number; output: number; cached?: number }>;

/** What the person did with an answer. */
export type ActionRecord = Readonly<{
  type: 'action';
  time: string;
  request: string;
  action: 'shown' | 'accepted' | 'edited' | 'rejected';
}>;

/** Records that were lost while the log could not be written. */
export type GapRecord = Readonly<{ type: 'gap'; time: string; lost: number }>;

export type AuditRecord = OpenRecord | OutcomeRecord | ActionRecord | GapRecord;

/** Who and what writes, and the hashes that core does not compute itself. */
export interface Stamps {
  /** Pseudonym of the person. */
  readonly actor: string;
  /** Pseudonym of the machine. */
  readonly device: string;
  /** Version of the extension. */
  readonly extension: string;
  readonly sha256: Sha256;
  /** HMAC-SHA256 under a key that stays on this machine, as hex: paths can be guessed, so a plain hash would tell them. */
  readonly keyedHash: (text: string) => string;
}

/** With these a record stays below 1.5 KB. */
const MAX_FILES = 6;
const MAX_RULES = 8;
const MAX_TYPES = 8;
const FILE_HASH_DIGITS = 24;

/** The record of an outcome. `policyHash` is that of the policy in force, for outcomes without a decision. */
export function outcomeRecord(outcome: Outcome, policyHash: string, stamps: Stamps): OutcomeRecord {
  const { question, request, usage } = outcome;
  const { files, fileCount } = filesOf(request, stamps);
  return {
    type: 'outcome',
    time: new Date(outcome.endedAt).toISOString(),
    actor: stamps.actor,
    device: stamps.device,
    extension: short(stamps.extension, 24),
    surface: question.surface,
    task: question.task,
    class: request?.decision.class ?? question.class,
    policy: request?.decision.policyHash ?? policyHash,
    rules: rulesOf(outcome),
    ...(request ? placeOf(request) : {}),
    files,
    fileCount,
    redactions: request ? redactionsOf(request.prompt.texts) : {},
    ...(request ? { requestHash: requestHash(request, stamps.sha256) } : {}),
    ...(request && outcome.answer !== '' ? { answerHash: stamps.sha256(outcome.answer) } : {}),
    ...(usage ? { tokens: tokensOf(usage) } : {}),
    durationMs: count(outcome.endedAt - outcome.startedAt),
    ...endOf(outcome.end),
  };
}

function placeOf({
  id,
  allowed,
}: RoutedRequest): Pick<OutcomeRecord, 'request' | 'model' | 'endpoint' | 'boundary' | 'region'> {
  const { endpoint } = allowed;
  const region = 'region' in endpoint ? endpoint.region : undefined;
  return {
    request: short(id, 40),
    model: short(allowed.id, 32),
    endpoint: short(allowed.endpointId, 32),
    boundary: endpoint.boundary,
    ...(region === undefined ? {} : { region: short(region, 24) }),
  };
}

function filesOf(
  request: RoutedRequest | undefined,
  { keyedHash }: Stamps,
): Pick<OutcomeRecord, 'files' | 'fileCount'> {
  const uris = new Set((request?.prompt.texts ?? []).flatMap(({ sources }) => sources.map(({ uri }) => uri)));
  return {
    files: [...uris].slice(0, MAX_FILES).map((uri) => keyedHash(`file\n${uri}`).slice(0, FILE_HASH_DIGITS)),
    fileCount: uris.size,
  };
}

function rulesOf({ request, end }: Outcome): readonly string[] {
  const decision: Pick<Decision, 'steps'> = end.kind === 'refused' ? end.refusal : (request?.decision ?? { steps: [] });
  const sources = (request?.prompt.texts ?? []).flatMap((text) => text.sources.flatMap(({ steps }) => steps));
  const rules = [...new Set([...sources, ...decision.steps].map(({ rule }) => short(rule, 20)))];
  return rules.length > MAX_RULES ? [...rules.slice(0, MAX_RULES - 1), `+${rules.length - MAX_RULES + 1}`] : rules;
}

function redactionsOf(texts: readonly RedactedText[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { type } of texts.flatMap(({ findings }) => findings)) counts.set(type, (counts.get(type) ?? 0) + 1);
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  const kept = byCount.slice(0, MAX_TYPES).map(([type, times]) => [short(type, 24), times] as const);
  const others = byCount.slice(MAX_TYPES).reduce((sum, [, times]) => sum + times, 0);
  return Object.fromEntries(others > 0 ? [...kept, ['others', others]] : kept);
}

/** Hash over every text of the prompt in the order in which it leaves. Bytes on the wire differ by protocol, this does not. */
function requestHash({ prompt }: RoutedRequest, sha256: Sha256): string {
  return sha256(JSON.stringify(prompt.texts.map(({ text }) => text)));
}

function tokensOf({ inputTokens, outputTokens, cachedTokens }: NonNullable<Outcome['usage']>): Tokens {
  const tokens = { input: count(inputTokens), output: count(outputTokens) };
  return cachedTokens === undefined ? tokens : { ...tokens, cached: count(cachedTokens) };
}

function endOf(end: Outcome['end']): Pick<OutcomeRecord, 'outcome' | 'why'> {
  if (end.kind === 'refused') return { outcome: 'refused', why: end.refusal.code };
  if (end.kind === 'failed') return { outcome: 'failed', why: end.error.kind };
  const { reason } = end;
  return { outcome: reason === 'cut' || reason === 'aborted' ? reason : 'sent', why: reason };
}

/** A count from elsewhere: servers have been seen to send what is none. */
const count = (value: number): number => (Number.isFinite(value) && value > 0 ? Math.round(Math.min(value, 1e12)) : 0);

/** A name in ASCII and of bounded length, so that a record is. */
function short(text: string, most: number): string {
  const ascii = text.replace(/[^\x20-\x7e]|["\\]/g, '?');
  return ascii.length <= most ? ascii : `${ascii.slice(0, most - 1)}~`;
}
