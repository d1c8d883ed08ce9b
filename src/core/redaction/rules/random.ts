import { type Label, type Probe, rank } from '../engine/detector.ts';
import { entropy, shapeOf } from '../engine/shape.ts';
import { isPlaceholder } from './vetoes.ts';

const RANDOM: Label = { type: 'RANDOM', kind: 'credential', rule: 'random/run', rank: rank.random };
const SHORTEST = 24;
const LONGEST = 128;

/** Random runs that no name announces: mixed cases and digits in a quoted string or a configuration value. */
export function randomRun({ text, report }: Probe, start: number, end: number): void {
  if (end - start < SHORTEST || end - start > LONGEST || !standsAlone(text, start, end)) return;
  const value = text.slice(start, end);
  if (isRandom(value)) report(start, end, RANDOM);
}

function isRandom(value: string): boolean {
  // Publishable keys say so at their beginning.
  if (/[+/]|^(?:pk|pub|public)[_-]/.test(value)) return false;
  const shape = shapeOf(value);
  if (shape.digits < 3 || shape.upper < 3 || shape.lower < 3 || shape.transitions < value.length / 5) return false;
  return shape.naturalness < 0.62 && entropy(value) >= 3.9 && !isPlaceholder(value);
}

/** Inside quotes of its own, or the value of a line: not a part of a path, a URL, a data URL or an integrity hash. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  if (before === '"' || before === "'" || before === '`') return after === before;
  return (
    (before === '=' || before === ' ') &&
    (after === '' || after === '\n' || after === '\r') &&
    /[=:] ?$/.test(text.slice(Math.max(0, start - 2), start))
  );
}
