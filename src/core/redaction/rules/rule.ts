import type { Span } from '../../document/snapshot.ts';
import { type Detector, type Label, type Probe, rank } from '../engine/detector.ts';
import type { Finding } from '../finding.ts';

/**
 * A format as data. The engine finds the keywords of all rules in one pass and runs `pattern` only there.
 * Patterns must be linear on their window: no nested quantifiers, each quantifier over one class that excludes what
 * follows it.
 */
export interface Rule extends Detector {
  /** `family/name`. */
  readonly id: string;
  readonly pattern: RegExp;
}

/** The expression of a rule, with what else it asks. */
type Form = RegExp | Options;

interface Options {
  readonly body: RegExp;
  readonly kind?: Finding['kind'];
  /** Says no to values that have the form alone. */
  readonly check?: (value: string) => boolean;
  /** How many characters after the keyword `announces` looks at. */
  readonly reach?: number;
}

/** Longest secret that a format may have, in characters. */
const LONGEST = 16_384;
/** From this length on, a beginning inside what was found is not looked at again. */
const LONG = 256;
const LONGEST_ANNOUNCED = 512;
const NEAR = 60;
/** How far `contains` looks to each side. */
const AROUND = 256;
const TOKEN = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/.~-')
  TOKEN[character.charCodeAt(0)] = 1;

/**
 * A format with fixed beginnings: `begins('github/token', 'GITHUBTOKEN', ['ghp_', 'gho_'], /[0-9A-Za-z]{36,255}/)`.
 * Beginnings match their case; `body` follows at once. A letter or digit before a beginning means that it is none.
 */
export function begins(id: string, type: string, beginnings: string | readonly string[], form: Form): Rule {
  const { body, ...options } = optionsOf(form);
  const literals = [beginnings].flat();
  const pattern = new RegExp(`(?:${literals.map(escaped).join('|')})(?:${body.source})`, `${body.flags}y`);
  const label: Label = { type, kind: options.kind ?? 'credential', rule: id, rank: rank.format };
  return {
    id,
    pattern,
    keywords: literals.map((literal) => literal.toLowerCase()),
    detect(probe, start) {
      if (startsInsideWord(probe.text, start) || probe.seen(pattern, start)) return;
      pattern.lastIndex = start;
      const found = pattern.exec(probe.text);
      if (found && found[0].length > LONG) probe.sawTo(pattern, start + found[0].length);
      if (found && found[0].length <= LONGEST && (options.check?.(found[0]) ?? true))
        probe.report(start, start + found[0].length, label);
    },
  };
}

/**
 * A value that only the name before it gives away: `announces('datadog/key', 'DATADOGKEY', 'datadog', /[0-9a-f]{32}/)`.
 * The value must stand free: no word character on either side.
 */
export function announces(id: string, type: string, keywords: string | readonly string[], form: Form): Rule {
  const { body, ...options } = optionsOf(form);
  const pattern = new RegExp(`(?<![\\w.+-])(?:${body.source})(?![\\w+/-])`, `${body.flags}g`);
  const label: Label = { type, kind: options.kind ?? 'credential', rule: id, rank: rank.structured };
  return {
    id,
    pattern,
    keywords: [keywords].flat(),
    detect(probe, start, end) {
      if (isInsideWord(probe.text, start, end)) return;
      const reach = options.reach ?? NEAR;
      const window = probe.text.slice(end, end + reach + LONGEST_ANNOUNCED);
      pattern.lastIndex = 0;
      const found = pattern.exec(window);
      if (!found || found.index > reach || !(options.check?.(found[0]) ?? true)) return;
      probe.report(end + found.index, end + found.index + found[0].length, label);
    },
  };
}

/**
 * A format with a fixed part inside: `contains('azure/client-secret', 'AZURESECRET', 'q~', /…/)`. The whole run of token
 * characters around the keyword must have the form.
 */
export function contains(id: string, type: string, keywords: string | readonly string[], form: Form): Rule {
  const { body: whole, ...options } = optionsOf(form);
  const pattern = new RegExp(`^(?:${whole.source})$`, whole.flags);
  const label: Label = { type, kind: options.kind ?? 'credential', rule: id, rank: rank.format };
  return {
    id,
    pattern,
    keywords: [keywords].flat(),
    detect(probe, start, end) {
      if (probe.seen(pattern, start)) return;
      const run = tokenAround(probe.text, start, end);
      probe.sawTo(pattern, run.end);
      const value = probe.text.slice(run.start, run.end);
      if (pattern.test(value) && (options.check?.(value) ?? true)) probe.report(run.start, run.end, label);
    },
  };
}

/** A rule with a body of its own, for formats of more than one part. */
export function custom(
  id: string,
  type: string,
  keywords: readonly string[],
  find: (probe: Probe, start: number, end: number, label: Label) => void,
): Detector & { readonly id: string } {
  const label: Label = { type, kind: 'credential', rule: id, rank: rank.structured };
  return { id, keywords, detect: (probe, start, end) => find(probe, start, end, label) };
}

/** The run of token characters around a keyword, as far as a token reaches. */
function tokenAround(text: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from > 0 && start - from < AROUND && TOKEN[text.charCodeAt(from - 1)] === 1) from--;
  while (to < text.length && to - end < AROUND && TOKEN[text.charCodeAt(to)] === 1) to++;
  return { start: from, end: to };
}

const optionsOf = (form: Form): Options => (form instanceof RegExp ? { body: form } : form);

/** Whether a keyword is a part of a longer lower-case word, as `iva` is of `private`. Longer keywords may have an ending. */
function isInsideWord(text: string, start: number, end: number): boolean {
  if (isLower(text.charCodeAt(start)) && isLower(text.charCodeAt(start - 1))) return true;
  return end - start <= SHORT && isLower(text.charCodeAt(end - 1)) && isLower(text.charCodeAt(end));
}

const SHORT = 4;
const isLower = (code: number): boolean => code >= 97 && code <= 122;

/** Whether a letter or digit precedes, except one that ends an escape such as `\n` in a string. */
function startsInsideWord(text: string, at: number): boolean {
  if (at === 0 || !isAlphanumeric(text.charCodeAt(at - 1))) return false;
  return !(at > 1 && text.charCodeAt(at - 2) === 0x5c && 'nrtbf'.includes(text.charAt(at - 1)));
}

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const escaped = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
