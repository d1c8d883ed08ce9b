import { type Detector, type Label, type Probe, rank } from '../../engine/detector.ts';
import { isRandomWord, shapeOf } from '../../engine/shape.ts';
import { isProgram, isQuotedText, isSettings } from '../languages.ts';
import type { Connector } from './connectors.ts';
import { type Name, nameAround, weigh } from './name.ts';
import { isVetoed, scoreOf, THRESHOLD } from './score.ts';
import { type Value, valueAfter } from './value.ts';
import { CONTEXT_KEYWORDS } from './words.ts';

const TYPE_BY_WEIGHT: readonly (readonly [number, string])[] = [
  [2.3, 'PASSWORD'],
  [1.6, 'TOKEN'],
  [0, 'SECRET'],
];

/** A name that says secret next to a value that looks like one. */
export const contextualDetector: Detector = {
  keywords: CONTEXT_KEYWORDS,
  detect(probe, start, end) {
    const span = nameAround(probe.text, start, end);
    // A name with two keywords, such as `secretToken`, is looked at once;
    // `-----BEGIN PRIVATE KEY-----` is no name; what it heads is the armour rule's.
    if (!span || probe.seen(contextualDetector, span.end - 1) || probe.text.startsWith('-----', span.end)) return;
    probe.sawTo(contextualDetector, span.end);
    const name = weigh(probe.text, span);
    if (name) detectValue(probe, name);
  },
};

function detectValue(probe: Probe, name: Name): void {
  const lexed = valueAfter(probe.text, name);
  const found = lexed && { ...lexed, settings: isSettings(probe.languageId) };
  if (!found || (name.word === 'pass' && isProse(found.connector))) return;
  const value = probe.text.slice(found.start, found.end);
  if (isSecret(probe, value, name, found)) probe.report(found.start, found.end, labelOf(name));
  else if (/\s/.test(value) && !value.includes('-----')) randomWords(probe, value, name, found);
}

/** "Pass the options": a verb, unless a sign joins it to what follows. */
const isProse = (connector: Connector): boolean => connector === 'blank' || connector === 'prose';

function isSecret(probe: Probe, value: string, name: Name, found: Value): boolean {
  if (isVetoed(value, name, found)) return false;
  if (
    !found.quoted &&
    isProgram(probe.languageId) &&
    !isRandomWord(value) &&
    !isOddWord(value) &&
    !isQuotedText(probe.text, name.start)
  )
    return false;
  if (found.connector === 'prose' && !found.quoted && !isRandomWord(value) && name.weight < 3) return false;
  return scoreOf(value, name, found) >= THRESHOLD;
}

/** Digits among letters as no variable has them; for names that a program could hold too, `isRandomWord` asks more. */
function isOddWord(value: string): boolean {
  const shape = shapeOf(value);
  return value.length >= 8 && shape.digits >= 2 && shape.transitions >= 3 && shape.naturalness < 0.7;
}

/** Of several words, those that are random: `<secret>{some label 8f3k…}</secret>`. */
function randomWords(probe: Probe, value: string, name: Name, found: Value): void {
  for (const word of value.matchAll(/[^\s{}()<>,;"']{12,}/g)) {
    if (!isRandomWord(word[0]) || isVetoed(word[0], name, found)) continue;
    const start = found.start + word.index;
    probe.report(start, start + word[0].length, labelOf(name));
  }
}

function labelOf(name: Name): Label {
  const type = TYPE_BY_WEIGHT.find(([weight]) => name.weight >= weight)?.[1] ?? 'SECRET';
  return { type, kind: 'credential', rule: `contextual/${type.toLowerCase()}`, rank: rank.named };
}
