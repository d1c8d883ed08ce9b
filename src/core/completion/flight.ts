import type { AskedChunk, AskedPlace, Clock, Place } from './completion.ts';
import { anchorOf, type Known } from './known.ts';
import type { Pressure } from './pressure.ts';
import { createTrimmer } from './trim.ts';

/** A request under way. It belongs to nobody: callers come and go, and the text it brings is kept. */
export interface Flight {
  readonly known: Known;
  readonly lead: string;
  readonly prefetch: boolean;
  readonly startedAt: number;
  /** Resolves at the next change: more text, or the end. */
  changed(): Promise<void>;
  abort(): void;
}

export interface FlightPorts {
  readonly clock: Clock;
  readonly pressure: Pressure;
  readonly ask: (place: AskedPlace, signal: AbortSignal) => AsyncIterable<AskedChunk>;
  /** A flight has landed; `whole` when the model said all it would or the cut was decided. */
  readonly landed: (flight: Flight, whole: boolean) => void;
}

/** What to ask. */
export interface Errand {
  readonly place: Place;
  /** How the answer is expected to begin, such as with a line feed: it is asked for what follows that. */
  readonly lead: string;
  /** The end of the prefix that is not in the document yet. */
  readonly assumed: string;
  readonly prefetch: boolean;
}

/** Sends a request and trims what it brings as it comes; the connection is given up as soon as the cut is decided. */
export function takeOff({ place, lead, assumed, prefetch }: Errand, ports: FlightPorts): Flight {
  const controller = new AbortController();
  const asked = { ...place, prefix: place.prefix + lead, assumed: assumed + lead };
  let notify = () => {};
  let change = new Promise<void>((resolve) => {
    notify = resolve;
  });
  const flight: Flight = {
    known: {
      anchor: anchorOf(place),
      asked,
      text: '',
      settled: 0,
      running: true,
    },
    lead,
    prefetch,
    startedAt: ports.clock.now(),
    changed: () => change,
    abort: () => controller.abort(),
  };
  const changed = () => {
    const resolve = notify;
    change = new Promise<void>((next) => {
      notify = next;
    });
    resolve();
  };
  void fly(flight, controller, changed, ports).finally(() => {
    // Whoever holds on to what was asked holds no whole document.
    Object.assign(asked, { prefix: '', suffix: '' });
  });
  return flight;
}

async function fly(
  flight: Flight,
  controller: AbortController,
  changed: () => void,
  ports: FlightPorts,
): Promise<void> {
  const { known } = flight;
  let end: End = 'broken';
  try {
    end = await read(flight, controller.signal, changed, ports);
  } finally {
    // The cut is decided: the server need not go on.
    if (end === 'decided') controller.abort();
    if (end === 'failed') ports.pressure.noteFailure();
    known.running = false;
    ports.landed(flight, end === 'decided' || end === 'whole');
    changed();
  }
}

type End = 'whole' | 'decided' | 'failed' | 'aborted' | 'broken';

async function read(flight: Flight, signal: AbortSignal, changed: () => void, ports: FlightPorts): Promise<End> {
  const { known, lead } = flight;
  const trimmer = createTrimmer(known.asked);
  const feed = lineFeedOf(known.asked);
  const keep = (text: string, raw: string) => {
    known.text = text === '' ? '' : lead + text.replaceAll('\n', feed);
    known.settled = endsInLine(text, raw) ? Math.max(0, known.text.lastIndexOf(feed)) : known.text.length;
  };
  let raw = '';
  for await (const chunk of ports.ask(known.asked, signal)) {
    if (signal.aborted) return 'aborted';
    if (typeof chunk !== 'string') return 'failed';
    if (raw === '') ports.pressure.noteFirstText(ports.clock.now() - flight.startedAt);
    raw += chunk;
    const trimmed = trimmer(raw, false);
    keep(trimmed.text, raw);
    if (trimmed.decided) return 'decided';
    changed();
  }
  if (signal.aborted) return 'aborted';
  keep(trimmer(raw, true).text, '');
  return 'whole';
}

/** A running answer stops in the middle of its last line, and that line is in the trimmed text. */
const endsInLine = (text: string, raw: string): boolean =>
  text !== '' && raw.trimEnd().endsWith(text.slice(-200)) && !/\n\s*$/.test(raw);

/** How lines end in the document that holds a place. */
export const lineFeedOf = ({ prefix, suffix }: Place): string =>
  prefix.includes('\r\n') || suffix.startsWith('\r\n') ? '\r\n' : '\n';
