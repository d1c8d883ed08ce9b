import type { IndexedFile } from './indexed-file.ts';
import type { Unit, Units } from './units.ts';

/** What is shown of one file. */
export interface Extract {
  readonly number: number;
  readonly file: IndexedFile;
  /** Places of the definitions whose signatures are shown, containers included. */
  readonly signatures: ReadonlySet<number>;
  /** Lines that are shown whole. */
  readonly lines: ReadonlySet<number>;
  readonly gain: number;
}

/**
 * A budget is filled in steps, each a whole of its own, so that who cuts the context short keeps the best of it. It
 * costs a little of the later steps.
 */
const STEPS = [2_000, 6_000, 12_000];
/** Characters around a path in its header line. */
const HEADER = 6;
/** A step with less room than this is full. */
const SMALLEST = 12;

interface Draft {
  readonly number: number;
  readonly file: IndexedFile;
  readonly signatures: Set<number>;
  readonly lines: Set<number>;
  gain: number;
}

/** Chooses units by gain a character, counting only what is not shown yet. The best extracts come first. */
export function pack(units: Units, budget: number): readonly Extract[] {
  const packed: Extract[] = [];
  let waiting = units.all.map((unit) => ({ unit, ratio: unit.bound / unit.cost }));
  let used = 0;
  for (const step of [...STEPS.filter((size) => size < budget), budget]) {
    const drafts = new Map<number, Draft>();
    const queue = createQueue(waiting, (unit) => units.gain(unit) / (costOf(unit, drafts) + 1));
    waiting = [];
    for (let entry = queue.take(); entry; entry = queue.take()) {
      const cost = costOf(entry.unit, drafts);
      if (used + cost > step) {
        waiting.push(entry);
        if (step - used < SMALLEST) break;
        continue;
      }
      used += cost;
      add(entry.unit, units.gain(entry.unit), drafts);
      units.cover(entry.unit);
    }
    waiting.push(...queue.rest());
    packed.push(...[...drafts.values()].sort((a, b) => b.gain - a.gain));
  }
  return packed;
}

/** Characters that a unit adds to what is shown of its file already. */
function costOf(unit: Unit, drafts: ReadonlyMap<number, Draft>): number {
  const draft = drafts.get(unit.number);
  let cost = draft ? 0 : unit.file.path.length + HEADER;
  if (unit.place === undefined) {
    const shown = draft ? countShown(unit, draft) : 0;
    return cost + (unit.cost * (unit.to - unit.from - shown)) / (unit.to - unit.from) + 2;
  }
  if (draft?.lines.has(unit.from)) return 1;
  for (const place of withContainers(unit.file, unit.place))
    if (!draft?.signatures.has(place)) cost += (unit.file.definitions[place]?.symbol.signature.length ?? 0) + 3;
  return cost;
}

function countShown(unit: Unit, draft: Draft): number {
  let shown = 0;
  for (let line = unit.from; line < unit.to; line++) if (draft.lines.has(line)) shown++;
  return shown;
}

/** A definition after the types that it stands in; a file's namespaces say nothing that its path does not. */
function withContainers(file: IndexedFile, place: number): readonly number[] {
  const chain: number[] = [];
  for (let at = place; at >= 0; at = file.definitions[at]?.parent ?? -1) {
    const kind = file.definitions[at]?.symbol.kind;
    if (at === place || kind !== 'namespace') chain.push(at);
  }
  return chain.reverse();
}

function add(unit: Unit, gain: number, drafts: Map<number, Draft>): void {
  const { number, file } = unit;
  const draft: Draft = drafts.get(number) ?? { number, file, signatures: new Set(), lines: new Set(), gain: 0 };
  drafts.set(number, draft);
  draft.gain += gain;
  if (unit.place !== undefined) for (const place of withContainers(file, unit.place)) draft.signatures.add(place);
  else for (let line = unit.from; line < unit.to; line++) draft.lines.add(line);
}

interface Entry {
  readonly unit: Unit;
  readonly ratio: number;
}

interface Queue {
  /** The best entry, undefined when none gains anything. */
  take(): Entry | undefined;
  rest(): readonly Entry[];
}

/**
 * A queue whose best entry is the one with the highest ratio now. Ratios fall as more is covered, so an entry is
 * weighed again only when it comes to the top.
 */
function createQueue(waiting: readonly Entry[], ratio: (unit: Unit) => number): Queue {
  const entries = waiting.toSorted((a, b) => a.ratio - b.ratio);
  return {
    take() {
      for (let entry = entries.pop(); entry; entry = entries.pop()) {
        const now = { unit: entry.unit, ratio: ratio(entry.unit) };
        if (now.ratio <= 0) continue;
        if (now.ratio >= (entries.at(-1)?.ratio ?? 0)) return now;
        insert(entries, now);
      }
      return undefined;
    },
    rest: () => entries,
  };
}

function insert(entries: Entry[], entry: Entry): void {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.ratio ?? 0) < entry.ratio) low = middle + 1;
    else high = middle;
  }
  entries.splice(low, 0, entry);
}
