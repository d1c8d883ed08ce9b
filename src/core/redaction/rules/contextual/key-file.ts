import { type Label, type Probe, rank } from '../../engine/detector.ts';
import { isPlaceholder, isReference } from '../vetoes.ts';

const LABEL: Label = { type: 'SECRET', kind: 'credential', rule: 'contextual/key-file', rank: rank.named };
/** `config/master.key`, `secrets/db-password`, `token.txt`. */
const PATH =
  /(?:^|\/)(?:[\w.-]*[._-])?(?:master|credentials?|secrets?|tokens?|password|passwd|passphrase|api[_-]?key|production|development)(?:\.(?:key|txt|secret|token|pass))?$/i;
const ALONE = /^\s{0,8}(\S{8,512})\s{0,8}$/;

/** A file that is named after a secret and holds one word: Rails' `master.key`, Docker's and Kubernetes' mounted secrets. */
export function keyFileSweep(probe: Probe): void {
  if (!PATH.test(probe.path)) return;
  const value = ALONE.exec(probe.text)?.[1];
  if (!value || isReference(value) || isPlaceholder(value)) return;
  const start = probe.text.indexOf(value);
  probe.report(start, start + value.length, LABEL);
}
