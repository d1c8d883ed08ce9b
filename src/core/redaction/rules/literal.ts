import { type Detector, type Label, rank } from '../engine/detector.ts';
import { PLACEHOLDER } from '../vault.ts';

const LITERAL: Label = { type: 'LITERAL', kind: 'custom', rule: 'literal/placeholder', rank: rank.literal };
const AT = new RegExp(PLACEHOLDER.source, 'y');

/**
 * Text of a document that looks like a placeholder gets a placeholder of its own, which restores to just that text.
 * So it can neither be taken for one of this conversation nor be restored as something else.
 */
export const literalDetector: Detector = {
  keywords: ['redacted_'],
  detect(probe, start) {
    AT.lastIndex = start;
    const found = AT.exec(probe.text);
    if (found) probe.report(start, start + found[0].length, LITERAL);
  },
};
