import * as vscode from 'vscode';
import { decide } from '../core/policy/decide.ts';
import type { AllowedModel } from '../core/policy/decision.ts';
import type { DataClass } from '../core/policy/schema.ts';
import type { Vault } from '../core/redaction/vault.ts';
import { isCompletable } from './completable.ts';
import type { Gate } from './gate.ts';

/** What is known about the file in front. */
export interface FrontFile {
  readonly refusal: string | undefined;
  readonly class: string | undefined;
  readonly why: string | undefined;
  readonly findings: ReadonlyMap<string, number>;
  readonly model: AllowedModel | undefined;
}

export const NO_FILE: FrontFile = {
  refusal: undefined,
  class: undefined,
  why: undefined,
  findings: new Map(),
  model: undefined,
};
/** Asks policy and redaction about the active editor's document, as a completion would. */
export async function readFrontFile(gate: Gate, vault: Vault): Promise<FrontFile> {
  const document = vscode.window.activeTextEditor?.document;
  const state = gate.policy();
  if (!state.ok) return NO_FILE;
  const chosen = (dataClass: DataClass) =>
    decide(state.active, { task: 'completion', class: dataClass, now: Date.now() });
  if (!document || !isCompletable(document)) {
    const decision = chosen(state.active.policy.defaultClass);
    return { ...NO_FILE, model: decision.kind === 'decision' ? decision.models[0] : undefined };
  }
  const read = await gate.read(document, 'completion', vault);
  if ('kind' in read) return { ...NO_FILE, refusal: read.reason };
  const findings = new Map<string, number>();
  for (const finding of read.findings) findings.set(finding.type, (findings.get(finding.type) ?? 0) + 1);
  const decision = chosen(read.class);
  const known = { refusal: undefined, class: read.class, findings, model: undefined, why: undefined };
  if (decision.kind === 'refusal') return { ...known, refusal: decision.reason };
  return { ...known, why: decision.steps.at(-1)?.says, model: decision.models[0] };
}

export const countWords = (findings: ReadonlyMap<string, number>): string =>
  findings.size === 0 ? vscode.l10n.t('nothing') : [...findings].map(([type, count]) => `${count} ${type}`).join(', ');
