import { rescan, type Scanned, scanWhole } from './rescan.ts';
import type { ScanOptions, ScanOutcome } from './scan.ts';

/** Remembers the scan of a document, so that a keystroke costs a scan of its surroundings. One text a document is kept. */
export interface ScanCache {
  scan(uri: string, text: string, policyHash: string, options: ScanOptions): ScanOutcome;
  forget(uri: string): void;
}

/** Documents remembered; the one scanned longest ago goes first. */
const MOST_KEPT = 128;

export function createScanCache(): ScanCache {
  const kept = new Map<string, { readonly key: string; readonly scanned: Scanned }>();
  return {
    scan(uri, text, policyHash, options) {
      const key = `${policyHash}\n${options.languageId}`;
      const known = kept.get(uri);
      const previous = known?.key === key ? known.scanned : undefined;
      if (previous?.text === text) return { ok: true, findings: previous.findings };
      const scanned = previous ? rescan(previous, text, options) : scanWhole(text, options);
      kept.delete(uri);
      if (!scanned) return { ok: false, why: 'deadline' };
      kept.set(uri, { key, scanned });
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return { ok: true, findings: scanned.findings };
    },
    forget: (uri) => kept.delete(uri),
  };
}
