import * as vscode from 'vscode';
import { admit, admitTyped, type Provenance } from '../core/admission/admit.ts';
import type { Snapshot } from '../core/document/snapshot.ts';
import type { PolicyState, Refusal } from '../core/policy/decision.ts';
import type { Task } from '../core/policy/schema.ts';
import { REDACTION_BUDGET_MS, type RedactedDocument, redact } from '../core/redaction/redact.ts';
import { createScanCache } from '../core/redaction/scan-cache.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { Repositories } from '../node/git-remote.ts';

/** The first half of the gate: policy, then redaction. Nothing else in the editor turns a document into text for a model. */
export interface Reader {
  read(snapshot: Snapshot, task: Task, vault: Vault): Promise<RedactedDocument | Refusal>;
  /** `near` is the document in front of the person who typed: the text has the class of its repository. */
  readTyped(text: string, near: vscode.Uri | undefined, task: Task, vault: Vault): Promise<RedactedDocument | Refusal>;
  /** Drops what is remembered of a document that was closed or deleted. */
  forget(uri: string): void;
}

export interface ReaderPorts {
  policy(): PolicyState;
  readonly repositories: Repositories;
  /** Monotonic milliseconds. */
  now(): number;
}

export function createReader(ports: ReaderPorts): Reader {
  const cache = createScanCache();
  const redaction = (task: Task, vault: Vault) => ({
    task,
    vault,
    cache,
    now: ports.now,
    budgetMs: REDACTION_BUDGET_MS,
  });
  return {
    async read(snapshot, task, vault) {
      const provenance = await provenanceOf(vscode.Uri.parse(snapshot.uri), ports.repositories);
      const state = ports.policy();
      if (!state.ok) return state.refusal;
      const admitted = admit(snapshot, provenance, task, state.active);
      return 'kind' in admitted ? admitted : redact(admitted, redaction(task, vault));
    },
    async readTyped(text, near, task, vault) {
      const provenance = near ?? vscode.workspace.workspaceFolders?.[0]?.uri;
      const { remotes } = provenance ? await provenanceOf(provenance, ports.repositories) : { remotes: [] };
      const state = ports.policy();
      if (!state.ok) return state.refusal;
      const admitted = admitTyped(text, { remotes }, task, state.active);
      // typed texts share one uri: remembering one would only push the other out
      return 'kind' in admitted ? admitted : redact(admitted, { ...redaction(task, vault), cache: createScanCache() });
    },
    forget: (uri) => cache.forget(uri),
  };
}

/** Untitled documents belong to the repository of the first folder: that is where they are about to be saved. */
async function provenanceOf(uri: vscode.Uri, repositories: Repositories): Promise<Provenance> {
  const file = uri.scheme === 'file' || uri.scheme === 'vscode-notebook-cell' ? uri.fsPath : undefined;
  const place = file ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (place === undefined) return { remotes: [] };
  return repositories.provenanceOf(place, file !== undefined);
}
