import { PLACEHOLDER, PLACEHOLDER_MAX, type Vault } from './vault.ts';

/**
 * Where restored text goes. A person may see every value of the conversation; into a file go only the values that this
 * file itself held, so that a model cannot carry a secret from one file to another.
 */
export type Target = 'display' | { readonly uri: string };

/** Replaces the placeholders of this conversation by what they stand for. Others stay, they are the model's own text. */
export function restore(text: string, vault: Vault, target: Target): string {
  return text.replace(PLACEHOLDER, (placeholder) => valueFor(placeholder, vault, target));
}

/** Restores a text that comes in pieces. */
export interface RestoringStream {
  /** What can be shown now. */
  push(chunk: string): string;
  /** What was held back. */
  end(): string;
}

/** Holds back only what may be the beginning of a placeholder, fewer than `PLACEHOLDER_MAX` units. */
export function restoreStream(vault: Vault, target: Target): RestoringStream {
  let held = '';
  return {
    push(chunk) {
      const text = held + chunk;
      const safe = settledLength(text);
      held = text.slice(safe);
      return restore(text.slice(0, safe), vault, target);
    },
    end() {
      const rest = restore(held, vault, target);
      held = '';
      return rest;
    },
  };
}

interface TextEvent {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/**
 * A stream of events with `text` and `reasoning` restored. What is held back comes out before the first event of another
 * type, so that nothing is lost before the last one. Works for every union of events that has such members.
 */
export async function* restored<Event extends { readonly type: string }>(
  events: AsyncIterable<Event>,
  vault: Vault,
  target: Target,
): AsyncGenerator<Event | TextEvent> {
  const streams = { text: restoreStream(vault, target), reasoning: restoreStream(vault, target) };
  for await (const event of events) {
    if (isText(event)) {
      const text = streams[event.type].push(event.text);
      if (text !== '') yield { ...event, text };
      continue;
    }
    yield* flush(streams);
    yield event;
  }
  yield* flush(streams);
}

function* flush(streams: Readonly<Record<TextEvent['type'], RestoringStream>>): Generator<TextEvent> {
  for (const type of ['reasoning', 'text'] as const) {
    const text = streams[type].end();
    if (text !== '') yield { type, text };
  }
}

const isText = <Event extends { readonly type: string }>(event: Event): event is Event & TextEvent =>
  event.type === 'text' || event.type === 'reasoning';

function valueFor(placeholder: string, vault: Vault, target: Target): string {
  const known = vault.original(placeholder);
  if (!known || (target !== 'display' && !known.origins.has(target.uri))) return placeholder;
  return known.value;
}

const HEAD = 'REDACTED_';
const BEGUN = /^REDACTED_[A-Z0-9]{0,24}(?:_[0-9a-f]{0,8})?$/;

/** Length of the text that no placeholder can begin in, which the next chunk would complete. */
function settledLength(text: string): number {
  const first = Math.max(0, text.length - PLACEHOLDER_MAX + 1);
  for (let at = text.indexOf('R', first); at >= 0; at = text.indexOf('R', at + 1)) {
    const tail = text.slice(at);
    if (HEAD.startsWith(tail) || (tail.startsWith(HEAD) && BEGUN.test(tail))) return at;
  }
  return text.length;
}
