import { type Detector, type Label, type Probe, rank } from '../../engine/detector.ts';
import { type Name, nameAround, weigh } from './name.ts';
import { isVetoed, scoreOf, THRESHOLD } from './score.ts';
import { valueAfter } from './value.ts';
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
    if (!span || !isFirstKeyword(span, start)) return;
    const name = weigh(probe.text, span);
    if (name) detectValue(probe, name);
  },
};

/** A name with two keywords, such as `secretToken`, is looked at once for each; the second time finds the same. */
function isFirstKeyword(span: { readonly start: number }, start: number): boolean {
  return start >= span.start - 1;
}

function detectValue(probe: Probe, name: Name): void {
  const found = valueAfter(probe.text, name);
  if (!found) return;
  const value = probe.text.slice(found.start, found.end);
  if (isVetoed(value, name, found)) return;
  if (scoreOf(value, name, found) < THRESHOLD) return;
  probe.report(found.start, found.end, labelOf(name));
}

function labelOf(name: Name): Label {
  const type = TYPE_BY_WEIGHT.find(([weight]) => name.weight >= weight)?.[1] ?? 'SECRET';
  return { type, kind: 'credential', rule: `contextual/${type.toLowerCase()}`, rank: rank.named };
}
