import type { Span } from '../../document/snapshot.ts';

export interface DecodedRun extends Span {
  readonly text: string;
}

const SHORTEST = 12;
/** A run longer than this is a file, and is decoded no further than this. */
const LONGEST = 65_536;

/** Runs of base64 or hex that decode to text. Linear: the first bytes decide for most runs. */
export function* decodedRuns(text: string): Generator<DecodedRun> {
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const value = at < text.length ? sextet(text.charCodeAt(at)) : -1;
    if (value >= 0) {
      if (start < 0) start = at;
      continue;
    }
    if (start >= 0 && at - start >= SHORTEST) {
      let end = at;
      while (end < text.length && end - at < 2 && text.charCodeAt(end) === 0x3d) end++;
      const plain = hexText(text, start, at) ?? base64Text(text, start, at);
      if (plain !== undefined) yield { start, end, text: plain };
    }
    start = -1;
  }
}

/** Value of a base64 or base64url character, or -1. */
function sextet(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 0x2b || code === 0x2d) return 62;
  return code === 0x2f || code === 0x5f ? 63 : -1;
}

function base64Text(text: string, start: number, end: number): string | undefined {
  let plain = '';
  for (let at = start; at + 1 < end && at - start < LONGEST; at += 4) {
    let bits = 0;
    const count = Math.min(4, end - at);
    for (let index = 0; index < count; index++) bits |= sextet(text.charCodeAt(at + index)) << (18 - 6 * index);
    for (let index = 0; index < count - 1; index++) {
      const byte = (bits >> (16 - 8 * index)) & 0xff;
      if (!isPrintable(byte)) return undefined;
      plain += String.fromCharCode(byte);
    }
  }
  return plain;
}

function hexText(text: string, start: number, end: number): string | undefined {
  if ((end - start) % 2 !== 0 || end - start < 2 * SHORTEST) return undefined;
  let plain = '';
  for (let at = start; at < end && at - start < LONGEST; at += 2) {
    const byte = hexDigit(text.charCodeAt(at)) * 16 + hexDigit(text.charCodeAt(at + 1));
    if (Number.isNaN(byte) || !isPrintable(byte)) return undefined;
    plain += String.fromCharCode(byte);
  }
  return plain;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : Number.NaN;
}

const isPrintable = (byte: number): boolean => (byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9;
