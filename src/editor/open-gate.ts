import * as vscode from 'vscode';
import { outcomeRecord } from '../core/audit/record.ts';
import { type AskPorts, ask, type Outcome } from '../core/gate/ask.ts';
import type { GateEvent, Question } from '../core/gate/question.ts';
import type { AllowedModel } from '../core/policy/decision.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { AuditFile } from '../node/audit-file.ts';
import type { PolicyFile } from '../node/policy-file.ts';
import type { Gate } from './gate.ts';
import type { Reader } from './reading.ts';
import { snapshotOf } from './snapshots.ts';
import type { WorkspaceIndex } from './workspace-index.ts';

export interface GateRims {
  readonly policyFile: PolicyFile;
  readonly audit: AuditFile;
  readonly reader: Reader;
  readonly index: WorkspaceIndex;
  readonly provider: (allowed: AllowedModel) => Promise<Provider>;
  readonly newVault: () => Vault;
  readonly newId: () => string;
  readonly log: vscode.LogOutputChannel;
}

/** Puts the gate together from its rims. One a window. */
export function openGate(rims: GateRims): Gate & vscode.Disposable {
  const asked = new vscode.EventEmitter<GateEvent & { readonly type: 'routed' | 'refused' }>();
  const ended = new vscode.EventEmitter<Outcome>();
  const policyChanged = new vscode.EventEmitter<void>();
  const watching = rims.policyFile.onDidChange(() => policyChanged.fire());
  const ports: AskPorts = {
    policy: () => rims.policyFile.state(),
    provider: rims.provider,
    record: (outcome) => {
      rims.audit.append(outcomeRecord(outcome, policyHash(rims.policyFile), rims.audit.stamps));
      logOutcome(outcome, rims.log);
      ended.fire(outcome);
    },
    auditRefusal: () => rims.audit.refusal(),
    now: Date.now,
    newId: rims.newId,
  };
  return {
    policy: ports.policy,
    onDidChangePolicy: policyChanged.event,
    newVault: rims.newVault,
    read: (document, task, vault) => rims.reader.read(snapshotOf(document), task, vault),
    readTyped: (text, near, task, vault) => rims.reader.readTyped(text, near, task, vault),
    gather: (document, offset, query, signal) => rims.index.gather(document, offset, query, signal),
    ask: (question, signal) => announced(question, { ports, asked }, signal),
    onDidAsk: asked.event,
    onDidEnd: ended.event,
    noteAction: (request, action) =>
      rims.audit.append({ type: 'action', time: new Date().toISOString(), request, action }),
    dispose: () => vscode.Disposable.from(watching, asked, ended, policyChanged).dispose(),
  };
}

interface Announcing {
  readonly ports: AskPorts;
  readonly asked: vscode.EventEmitter<GateEvent & { readonly type: 'routed' | 'refused' }>;
}

async function* announced(
  question: Question,
  { ports, asked }: Announcing,
  signal: AbortSignal,
): AsyncGenerator<GateEvent, void> {
  for await (const event of ask(question, ports, signal)) {
    if (event.type === 'routed' || event.type === 'refused') asked.fire(event);
    yield event;
  }
}

const policyHash = (file: PolicyFile): string => {
  const state = file.state();
  return state.ok ? state.active.hash : '';
};

/** Ids, sizes and times; never content. */
function logOutcome(
  { question, request, end, startedAt, endedAt, answer, usage }: Outcome,
  log: vscode.LogOutputChannel,
): void {
  const what = `${question.surface} ${question.task} (${question.class})`;
  if (end.kind === 'refused') {
    log.info(`${what}: refused, ${end.refusal.code}`);
    return;
  }
  const who = request ? `${request.id} ${request.allowed.id} at ${request.allowed.endpointId}` : '-';
  const cost = usage ? `, ${usage.inputTokens} → ${usage.outputTokens} tokens` : '';
  const became =
    end.kind === 'answered' ? end.reason : `${end.error.kind}${end.error.status ? ` ${end.error.status}` : ''}`;
  const line = `${what}: ${who}: ${became} in ${endedAt - startedAt} ms, ${answer.length} characters${cost}`;
  if (end.kind === 'failed') log.warn(line);
  else log.info(line);
}
