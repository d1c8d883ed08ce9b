import type { Place } from './place.ts';

/** Shorter echoes are too likely to be code. */
const LEAST = 3;
const LEAST_LINE = 8;

/** Takes away what the model repeated before it went on: the cursor line up to the cursor, or the line above it. */
export function withoutEcho(text: string, place: Place): string {
  const head = place.head.trim();
  const start = text.trimStart();
  if (head.length >= LEAST)
    return start.startsWith(head) ? afterEcho(start, head, place) : (withoutLineAbove(start, head, place) ?? text);
  return withoutLineAbove(start, head, place) ?? text;
}

function withoutLineAbove(start: string, head: string, place: Place): string | undefined {
  const above = place.lineAbove.trim();
  if (above.length < LEAST_LINE || !start.startsWith(`${above}\n`)) return undefined;
  const rest = start.slice(above.length + 1).trimStart();
  return rest.startsWith(head) ? afterEcho(rest, head, place) : undefined;
}

/** The white space at the end of the cursor line stands there already. */
function afterEcho(text: string, head: string, place: Place): string {
  const rest = text.slice(head.length);
  const space = /\s*$/.exec(place.head)?.[0] ?? '';
  return rest.startsWith(space) ? rest.slice(space.length) : rest;
}
