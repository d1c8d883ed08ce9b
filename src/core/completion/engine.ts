import type { AskedChunk, AskedPlace, Clock, Completion, CompletionState, Place } from './completion.ts';
import { type Errand, type Flight, lineFeedOf, takeOff } from './flight.ts';
import {
  type Anchor,
  anchorOf,
  createKnownCompletions,
  type Known,
  type KnownCompletions,
  type Relation,
  relate,
  typedSince,
} from './known.ts';
import { createPressure, type Pressure } from './pressure.ts';

export interface EnginePorts {
  /**
   * Asks a model and yields its raw text as it comes. It does not throw: failure, refusal and abort are its last chunk. Each
   * request has its own signal, which outlives the keystroke that caused it.
   */
  readonly ask: (place: AskedPlace, signal: AbortSignal) => AsyncIterable<AskedChunk>;
  readonly clock: Clock;
  /** More text came for a completion that was handed out while it was running: the editor may ask again. */
  readonly extended?: (uri: string) => void;
}

export interface CompletionEngine {
  /**
   * What to show at a state. Local first: what was said before, then what is on its way, then a new request. `signal` means that
   * this caller left; the request goes on for the next one. Undefined: show nothing.
   */
  complete(state: CompletionState, signal: AbortSignal): Promise<Completion | undefined>;
  /** A completion was accepted, whole or in part; `state` is what it was accepted at. */
  accepted(state: CompletionState, text: string): void;
  /** The person dismissed what was shown at a state: nothing is shown there again unless they ask for it. */
  dismissed(state: CompletionState): void;
  /** The endpoint asked for patience for so many milliseconds. */
  busy(milliseconds: number): void;
  /** A document was closed or may no longer be sent. */
  forget(uri: string): void;
  /** Aborts what is under way. */
  dispose(): void;
}

const MOST_IN_FLIGHT = 2;
const MOST_DISMISSED = 100;

export function createCompletionEngine(ports: EnginePorts): CompletionEngine {
  const pressure = createPressure(ports.clock);
  const engine: Engine = {
    ports,
    pressure,
    known: createKnownCompletions(),
    flights: [],
    dismissed: new Map(),
    handedOut: undefined,
  };
  return {
    complete: (state, signal) => complete(engine, state, signal),
    accepted(state, text) {
      const { handedOut } = engine;
      // After part of a completion comes its rest, which is known.
      if (handedOut?.text === text && !handedOut.known.running)
        prefetch(engine, { ...state, prefix: state.prefix + text }, text);
    },
    dismissed(state) {
      engine.dismissed.set(keyOf(state), true);
      for (const key of engine.dismissed.keys()) {
        if (engine.dismissed.size <= MOST_DISMISSED) break;
        engine.dismissed.delete(key);
      }
      engine.handedOut = undefined;
    },
    busy: (milliseconds) => pressure.noteBusy(milliseconds),
    forget(uri) {
      for (const flight of engine.flights) if (flight.known.anchor.uri === uri) flight.abort();
      engine.known.forget(uri);
      if (engine.handedOut?.anchor.uri === uri) engine.handedOut = undefined;
    },
    dispose() {
      for (const flight of engine.flights) flight.abort();
    },
  };
}

interface Engine {
  readonly ports: EnginePorts;
  readonly pressure: Pressure;
  readonly known: KnownCompletions;
  /** Oldest first. */
  flights: readonly Flight[];
  readonly dismissed: Map<string, true>;
  /** What was shown last, and where. */
  handedOut: { readonly known: Known; readonly text: string; readonly anchor: Anchor } | undefined;
}

async function complete(engine: Engine, state: CompletionState, signal: AbortSignal): Promise<Completion | undefined> {
  const explicit = state.trigger === 'explicit';
  if (engine.dismissed.has(keyOf(state)) && !explicit) return undefined;
  abandonContradicted(engine, state, SLIP_LENGTH);
  const left = aborted(signal);
  let step: 'look' | 'waited' | 'asked' = 'look';
  while (!signal.aborted) {
    const relations = engine.known.relations(state);
    const ready = longest(engine, state, [...relations, ...readyFlights(engine, state)]);
    if (ready) return handOut(engine, state, ready, step === 'asked' ? 'request' : 'known');
    const flight = engine.flights.find((candidate) => agreesWith(candidate.known, state));
    if (flight) await Promise.race([flight.changed(), left]);
    else if (step === 'asked' || !mayAsk(engine, state, relations)) return undefined;
    else if (step === 'look' && !explicit) {
      step = 'waited';
      const wait = waitBefore(engine, state, relations);
      if (wait > 0) await engine.ports.clock.after(wait, signal);
    } else {
      step = 'asked';
      abandonContradicted(engine, state, 0);
      start(engine, { place: placeOf(state), lead: '', assumed: '', prefetch: false });
    }
  }
  return undefined;
}

/** Whether a new request may say something new. */
function mayAsk(engine: Engine, state: CompletionState, relations: readonly Relation[]): boolean {
  if (state.trigger === 'explicit') return true;
  if (state.trigger === 'moved' || engine.pressure.isQuiet()) return false;
  // The model has said all it had to say up to here.
  return !relations.some(({ known, typed }) => !known.running && known.text === typed);
}

/** A single character that departs from a completion is a slip as often as not: the person gets time to take it back. */
const SLIP_LENGTH = 1;
const SLIP = 600;
const AFTER_DELETION = 300;

function waitBefore(engine: Engine, state: CompletionState, relations: readonly Relation[]): number {
  const slips = [...relations, ...engine.flights.flatMap((flight) => relate(flight.known, state) ?? [])];
  const slipped = slips.some(
    ({ known, typed, agreed }) => agreed < known.text.length && typed.length - agreed === SLIP_LENGTH,
  );
  if (slipped) return SLIP;
  return Math.max(engine.pressure.delay(), state.trigger === 'deleted' ? AFTER_DELETION : 0);
}

/** Of all texts that agree with what was typed, the one with most left; if something is shown, only one that extends it. */
function longest(engine: Engine, state: CompletionState, relations: readonly Relation[]): Relation | undefined {
  const shown = shownRest(engine, state);
  let best: Relation | undefined;
  for (const relation of relations) {
    const rest = restOf(relation);
    if (rest === '' || relation.agreed < relation.typed.length || !rest.startsWith(shown)) continue;
    if (!best || rest.length > restOf(best).length) best = relation;
  }
  return best;
}

/** What may be shown of a text after what was typed of it. */
const restOf = ({ known, typed }: Relation): string => known.text.slice(typed.length, known.settled);

/** What is left of the text handed out last, if it was typed through up to this state. */
function shownRest(engine: Engine, state: CompletionState): string {
  if (!engine.handedOut) return '';
  const { anchor, text } = engine.handedOut;
  const typed = typedSince(anchor, state, text.length);
  return typed !== undefined && text.startsWith(typed) ? text.slice(typed.length) : '';
}

/** Whole lines are shown after this many milliseconds although the model goes on. */
const PATIENCE = 300;

/** Texts on their way of which enough is there to be shown. */
function readyFlights(engine: Engine, state: CompletionState): readonly Relation[] {
  const found: Relation[] = [];
  for (const { known, startedAt } of engine.flights) {
    const relation = relate(known, state);
    if (!relation || relation.agreed < relation.typed.length) continue;
    const early = engine.ports.clock.now() - startedAt >= PATIENCE;
    if (known === engine.handedOut?.known || early) found.push(relation);
  }
  return found;
}

function handOut(engine: Engine, state: CompletionState, relation: Relation, from: Completion['from']): Completion {
  const { known } = relation;
  const text = restOf(relation);
  engine.handedOut = { known, text, anchor: anchorOf(state) };
  const oneLine = !known.text.trimStart().includes('\n');
  const follows = relation.typed.length >= FOLLOWED;
  if (!known.running && oneLine && follows && text.length <= NEAR_END)
    prefetch(engine, { ...state, prefix: state.prefix + text }, text);
  return { text, from, asked: known.asked, running: known.running };
}

/** Who has typed so many characters of a completion as it says is likely to take the rest. */
const FOLLOWED = 2;
/** So many characters before the end of a one-line completion the next line is asked for. */
const NEAR_END = 12;

/** Asks for the line after a completion, before the person gets there. `end` is where all of it will have been typed; `assumed`, what is not. */
function prefetch(engine: Engine, end: Place, assumed: string): void {
  if (engine.pressure.isQuiet() || !/^[ \t\r]*(?:\n|$)/.test(end.suffix.slice(0, 200))) return;
  const place = placeOf(end);
  const isKnown = (relation: Relation) => relation.typed === '' || restOf(relation) !== '';
  if (engine.known.relations(place).some(isKnown)) return;
  if (engine.flights.some((flight) => agreesWith(flight.known, place))) return;
  if (engine.flights.length >= MOST_IN_FLIGHT) return;
  // The model, not a rule, says how far the next line is indented.
  start(engine, { place, lead: lineFeedOf(place), assumed, prefetch: true });
}

/** Aborts requests whose text so far says something else than what was typed, by more than `allowed` characters. */
function abandonContradicted(engine: Engine, place: Place, allowed: number): void {
  for (const flight of engine.flights) {
    const relation = relate(flight.known, place);
    if (!relation || relation.agreed === flight.known.text.length) continue;
    if (relation.typed.length - relation.agreed > allowed) abandon(engine, flight);
  }
}

function abandon(engine: Engine, flight: Flight): void {
  engine.flights = engine.flights.filter((other) => other !== flight);
  flight.abort();
}

function start(engine: Engine, errand: Errand): void {
  while (engine.flights.length >= MOST_IN_FLIGHT) {
    const victim = engine.flights.find((flight) => flight.prefetch) ?? engine.flights[0];
    if (!victim) break;
    abandon(engine, victim);
  }
  const flight = takeOff(errand, {
    ask: engine.ports.ask,
    clock: engine.ports.clock,
    pressure: engine.pressure,
    landed(landed, whole) {
      engine.flights = engine.flights.filter((other) => other !== landed);
      if (whole) engine.known.add(landed.known);
      const { handedOut } = engine;
      if (handedOut?.known === landed.known && landed.known.text.length > handedOut.text.length)
        engine.ports.extended?.(errand.place.uri);
    },
  });
  engine.flights = [...engine.flights, flight];
}

/** What was typed since a place and what came so far do not contradict each other. */
function agreesWith(known: Known, state: Place): boolean {
  const relation = relate(known, state);
  return relation !== undefined && relation.agreed === Math.min(relation.typed.length, known.text.length);
}

const placeOf = ({ uri, languageId, prefix, suffix }: Place): Place => ({
  uri,
  languageId,
  prefix,
  suffix,
});

/** The same code around the cursor of the same document is the same state. */
const keyOf = ({ uri, prefix, suffix }: Place): string => `${uri}\n${prefix.slice(-200)}\n${suffix.slice(0, 100)}`;

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
