import type { Span } from '../../document/snapshot.ts';

export interface DecodedRun extends Span {
  readonly text: string;
}

/** Shortest run that is decoded: nine bytes. */
export const SHORTEST_ENCODED = 12;
/** A run longer than this is a file, and is decoded no further than this. */
const LONGEST = 65_536;

/** What a run of token characters decodes to, from base64 or hex; undefined when that is no text. The first bytes decide for most. */
export function decodedRun(text: string, start: number, to: number): DecodedRun | undefined {
  const plain = hexText(text, start, to) ?? base64Text(text, start, to);
  if (plain === undefined) return undefined;
  let end = to;
  while (end < text.length && end - to < 2 && text.charCodeAt(end) === 0x3d) end++;
  return { start, end, text: plain };
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
  if ((end - start) % 2 !== 0 || end - start < 2 * SHORTEST_ENCODED) return undefined;
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
