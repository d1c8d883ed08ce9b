import type { AuditRecord, Stamps } from '../core/audit/record.ts';
import type { Refusal } from '../core/policy/decision.ts';
import { beginSegment, dayOf, type Segment } from './audit-segment.ts';
import { passingStamps, stampsOf } from './pseudonyms.ts';
import { codeOf } from './system-error.ts';

/** The audit log of this window: append-only, hash-chained, on the disk before more than one write is outstanding. */
export interface AuditFile {
  /** What records are stamped with; see `outcomeRecord`. */
  readonly stamps: Stamps;
  /** Queues a record. Never throws; what fails is told by `refusal`, and the record is tried again with the next. */
  append(record: AuditRecord): void;
  /** Why nothing may be sent: the log is not open yet or cannot be written. */
  refusal(): Refusal | undefined;
  /** Settles when everything appended so far is on the disk or has failed. Never rejects. */
  flush(): Promise<void>;
  /** Writes what is queued and closes the file. Never rejects. */
  dispose(): Promise<void>;
}

export interface AuditFileOptions {
  /** Folder of the log, made when missing, readable for its owner alone. */
  readonly folder: string;
  /** Version of the extension. */
  readonly extension: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Records kept while the log cannot be written. Later ones are counted and told in the log. */
const MOST_PENDING = 1000;

/** Opens the log. Returns at once; until `flush` settles nothing may be sent. */
export function createAuditFile(options: AuditFileOptions): AuditFile {
  const log = new Log(options);
  void log.flush();
  return log;
}

class Log implements AuditFile {
  readonly stamps: Stamps;
  readonly #options: AuditFileOptions;
  readonly #pending: AuditRecord[] = [];
  /** Records that `#pending` had no room for and the log does not tell yet. */
  #lost = 0;
  #segment: Segment | undefined;
  #refusal: Refusal | undefined = opening;
  /** Nothing is written any more: the folder was never usable, or the window closes. */
  #ended = false;
  #draining: Promise<void> | undefined;
  /** Something came while a round was under way. */
  #again = false;

  constructor(options: AuditFileOptions) {
    this.#options = options;
    const { stamps, failure } = stampsFor(options);
    this.stamps = stamps;
    if (failure) {
      this.#refusal = failure;
      this.#ended = true;
    }
  }

  append(record: AuditRecord): void {
    if (this.#pending.length < MOST_PENDING) this.#pending.push(record);
    else this.#lost++;
    void this.flush();
  }

  refusal(): Refusal | undefined {
    return this.#refusal;
  }

  async flush(): Promise<void> {
    if (this.#ended) return;
    this.#again = true;
    this.#draining ??= this.#drain();
    await this.#draining;
  }

  async dispose(): Promise<void> {
    await this.flush();
    this.#ended = true;
    this.#refusal ??= closed;
    await this.#segment?.close().catch(() => undefined); // Everything is on the disk already.
    this.#segment = undefined;
  }

  async #drain(): Promise<void> {
    try {
      do {
        this.#again = false;
        await this.#round();
        this.#refusal = undefined;
      } while (this.#again);
    } catch (error) {
      this.#refusal = unwritable(this.#options.folder, error);
    } finally {
      this.#draining = undefined;
    }
  }

  /** Everything pending in one write and one fsync. */
  async #round(): Promise<void> {
    const segment = await this.#current();
    const batch = this.#pending.slice();
    const lost = this.#lost;
    const gap: readonly AuditRecord[] = lost > 0 ? [{ type: 'gap', time: this.#time(), lost }] : [];
    if (batch.length + gap.length > 0) await segment.write([...batch, ...gap]);
    this.#pending.splice(0, batch.length);
    this.#lost -= lost;
  }

  /** The segment of today, also when the file of the last one is gone. */
  async #current(): Promise<Segment> {
    const { folder, extension, now } = this.#options;
    const old = this.#segment;
    if (old && old.day === dayOf(now()) && (await old.inPlace())) return old;
    this.#segment = undefined;
    await old?.close();
    const { actor, device } = this.stamps;
    this.#segment = await beginSegment(folder, now(), { type: 'open', time: this.#time(), actor, device, extension });
    return this.#segment;
  }

  #time(): string {
    return new Date(this.#options.now()).toISOString();
  }
}

function stampsFor({ folder, extension }: AuditFileOptions): { readonly stamps: Stamps; readonly failure?: Refusal } {
  try {
    return { stamps: stampsOf(folder, extension) };
  } catch (error) {
    return { stamps: passingStamps(extension), failure: unwritable(folder, error) };
  }
}

const refuse = (reason: string, says: string): Refusal => ({
  kind: 'refusal',
  code: 'no-audit',
  reason,
  steps: [{ rule: 'audit', says }],
});

const opening = refuse('Not sent: the audit log is being opened. Try again in a moment.', 'it is not open yet');
const closed = refuse('Not sent: the audit log is closed, because the window closes.', 'it is closed');

function unwritable(folder: string, error: unknown): Refusal {
  const code = codeOf(error) ?? 'unexpected error';
  return refuse(
    `Not sent: the audit log in ${folder} cannot be written (${code}), and nothing leaves unrecorded. Make room or mend the folder's permissions; Postern tries again with the next request.`,
    `it cannot be written (${code})`,
  );
}
