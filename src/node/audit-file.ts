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
export function createAuditFile({ folder, extension, now }: AuditFileOptions): AuditFile {
  const { stamps, failure: unusable } = stampsFor(folder, extension);
  const pending: AuditRecord[] = [];
  let lost = 0;
  let segment: Segment | undefined;
  let refusal: Refusal | undefined = unusable ?? opening;
  let draining: Promise<void> | undefined;
  let again = false;
  let disposed = false;

  /** One round: everything pending in one write and one fsync. */
  const round = async (): Promise<void> => {
    if (segment && (segment.day !== dayOf(now()) || !(await segment.inPlace()))) {
      const old = segment;
      segment = undefined;
      await old.close();
    }
    const time = new Date(now()).toISOString();
    const { actor, device } = stamps;
    segment ??= await beginSegment(folder, now(), { type: 'open', time, actor, device, extension });
    const batch = pending.slice();
    const gap = lost;
    const records: AuditRecord[] = gap > 0 ? [...batch, { type: 'gap', time, lost: gap }] : batch;
    if (records.length > 0) await segment.write(records);
    pending.splice(0, batch.length);
    lost -= gap;
  };

  const drain = async (): Promise<void> => {
    try {
      do {
        again = false;
        await round();
        refusal = undefined;
      } while (again);
    } catch (error) {
      refusal = unwritable(folder, error);
    } finally {
      draining = undefined;
    }
  };

  const start = async (): Promise<void> => {
    if (unusable || disposed) return;
    again = true;
    draining ??= drain();
    await draining;
  };

  void start();
  return {
    stamps,
    append(record) {
      if (pending.length < MOST_PENDING) pending.push(record);
      else lost++;
      void start();
    },
    refusal: () => refusal,
    flush: start,
    async dispose() {
      await start();
      disposed = true;
      refusal ??= closed;
      await segment?.close().catch(() => undefined); // Everything is on the disk already.
      segment = undefined;
    },
  };
}

function stampsFor(folder: string, extension: string): { readonly stamps: Stamps; readonly failure?: Refusal } {
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
