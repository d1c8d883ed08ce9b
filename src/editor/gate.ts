import type * as vscode from 'vscode';
import type { Section } from '../core/context/section.ts';
import type { Outcome } from '../core/gate/ask.ts';
import type { GateEvent, Question } from '../core/gate/question.ts';
import type { PolicyState, Refusal } from '../core/policy/decision.ts';
import type { Task } from '../core/policy/schema.ts';
import type { RedactedDocument } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';

/**
 * The gate as the features of the editor see it. A feature reads documents only through `read`, and asks only through
 * `ask`; it never meets the network, the policy file or the audit log.
 */
export interface Gate {
  policy(): PolicyState;
  readonly onDidChangePolicy: vscode.Event<void>;
  /** Placeholders for a new conversation. */
  newVault(): Vault;
  /** Policy and redaction for a document as it is now. */
  read(document: vscode.TextDocument, task: Task, vault: Vault): Promise<RedactedDocument | Refusal>;
  /** Policy and redaction for something a person typed or an editor said, such as a question or a diagnostic; `near` is the document in front of them. */
  readTyped(text: string, near: vscode.Uri | undefined, task: Task, vault: Vault): Promise<RedactedDocument | Refusal>;
  /** What else the model should see for this place, most useful first. Only files that policy allows, of the document's class or lower. */
  gather(
    document: RedactedDocument,
    offset: number,
    query: { readonly task: Task; readonly vault: Vault; readonly words?: string },
    signal: AbortSignal,
  ): Promise<readonly Section[]>;
  /** Sends a question through the gate. Never throws. */
  ask(question: Question, signal: AbortSignal): AsyncIterable<GateEvent>;
  /** Fires with each request that was routed and each refusal, for the status bar and "What was sent". */
  readonly onDidAsk: vscode.Event<GateEvent & { readonly type: 'routed' | 'refused' }>;
  /** Fires when a request ended or was refused. */
  readonly onDidEnd: vscode.Event<Outcome>;
  /** What the person did with an answer, for the audit. `requestId` is `RoutedRequest.id`. */
  noteAction(requestId: string, action: 'shown' | 'accepted' | 'edited' | 'rejected'): void;
}
