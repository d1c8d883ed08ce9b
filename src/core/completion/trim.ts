import { type Answer, createAnswer, type Stage } from './trim/answer.ts';
import { cutAtClosers } from './trim/closers.ts';
import { cutAtDedent } from './trim/dedent.ts';
import { withoutEcho } from './trim/echo.ts';
import { withoutFence } from './trim/fence.ts';
import { createFit } from './trim/fit.ts';
import { cutAtLineRest } from './trim/line-rest.ts';
import { cutLoops } from './trim/loops.ts';
import { cutAtOverlap } from './trim/overlap.ts';
import { placeOf } from './trim/place.ts';
import { cutAtProse } from './trim/prose.ts';
import { cutAtToken } from './trim/tokens.ts';

export interface Untrimmed {
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
  /** What the model has said so far. */
  readonly text: string;
  /** It will say no more. */
  readonly finished: boolean;
}

export interface Trimmed {
  readonly text: string;
  /** No further text can change `text`: the request may be aborted. */
  readonly decided: boolean;
}

/** Cuts what a model said too much. Pure; the same input gives the same output. */
export function trim(untrimmed: Untrimmed): Trimmed {
  return createTrimmer(untrimmed)(untrimmed.text, untrimmed.finished);
}

/** Trims an answer again and again while it streams in, with the code around the cursor read once. */
export function createTrimmer(around: {
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
}): (text: string, finished: boolean) => Trimmed {
  const place = placeOf(around.prefix, around.suffix, around.languageId);
  const fit = createFit(place);
  return (raw, finished) => {
    const text = withoutEcho(withoutFence(cutAtToken(raw.replace(/\r\n?/g, '\n'), place), place), place);
    const answer = createAnswer(place, fit, text, finished);
    let end = text.length;
    for (const stage of STAGES) end = stage(answer, end);
    return { text: text.slice(0, end).trimEnd(), decided: finished || isDecided(answer, end) };
  };
}

const STAGES: readonly Stage[] = [cutAtProse, cutAtLineRest, cutLoops, cutAtOverlap, cutAtClosers, cutAtDedent];

/** Lines beyond the cut that must have come before it is final. One is not enough, a third adds nothing. */
const LINES_BEYOND = 2;

function isDecided(answer: Answer, end: number): boolean {
  const beyond = answer.scan.lines.filter((line) => line.start >= end && !line.blank && line.end < answer.text.length);
  return beyond.length >= LINES_BEYOND;
}
