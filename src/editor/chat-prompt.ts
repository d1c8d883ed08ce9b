import * as vscode from 'vscode';
import {
  answeredBefore,
  type ChatChange,
  type Conversation,
  conversationClass,
  highest,
  type Turn,
} from '../core/chat/conversation.ts';
import type { Section } from '../core/context/section.ts';
import type { Question } from '../core/gate/question.ts';
import type { Refusal } from '../core/policy/decision.ts';
import { buildChatPrompt } from '../core/prompt/chat.ts';
import type { Message } from '../core/prompt/redacted-prompt.ts';
import { classOf, type RedactedDocument } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import { type ReadAttachment, readAttachment, type Wanted } from './chat-attachments.ts';
import type { Gate } from './gate.ts';

/** A question ready to be asked, with what stands beside it in the prompt. */
export interface PreparedTurn {
  readonly question: Question;
  readonly sections: readonly Section[];
}

type Shown = Pick<ChatChange & { type: 'prepared' }, 'redacted' | 'attachments' | 'class'>;

export type Preparation =
  | { readonly shown: Shown; readonly turn: PreparedTurn; readonly refusal?: undefined }
  | { readonly shown: Shown; readonly refusal: Refusal };

export interface TurnToPrepare {
  readonly turn: Turn;
  readonly conversation: Conversation;
  readonly wanted: readonly Wanted[];
  /** Answers of this conversation that went through redaction already, by turn. */
  readonly answers: ReadonlyMap<string, { readonly answer?: RedactedDocument }>;
  readonly vault: Vault;
  readonly gate: Gate;
}

/**
 * Takes a question through the first half of the gate: the words, what is attached, what else is useful, and what was
 * said before. An attachment that policy refuses stays out and is named; a question that it refuses is not asked.
 */
export async function prepareTurn(asked: TurnToPrepare, signal: AbortSignal): Promise<Preparation> {
  const { turn, conversation, wanted, vault, gate } = asked;
  const near = wanted[0]?.uri ?? vscode.window.activeTextEditor?.document.uri;
  const read = await Promise.all(wanted.map((one) => readAttachment(one, gate, vault)));
  const attachments = read.map((one) => one.attachment);
  const typed = await gate.readTyped(turn.typed, near, 'chat', vault);
  if ('kind' in typed) {
    return { shown: { redacted: undefined, attachments, class: undefined }, refusal: typed };
  }
  const history = await messagesBefore(asked, near);
  const sections = await sectionsFor(typed, read, { vault, gate, signal });
  const dataClass = highest([
    typed.class,
    conversationClass(conversation, turn.id),
    ...history.map((message) => classOf(message.content)),
    ...sections.flatMap((section) => [classOf(section.text), classOf(section.path)]),
  ]);
  const question: Question = {
    task: 'chat',
    surface: 'chat',
    class: dataClass,
    promptFor: ({ model }) => buildChatPrompt({ history, question: typed.text, sections }, model),
  };
  return { shown: { redacted: typed.text.text, attachments, class: dataClass }, turn: { question, sections } };
}

/** Attachments first, then what the gate finds useful for the words of the question. */
async function sectionsFor(
  typed: RedactedDocument,
  read: readonly ReadAttachment[],
  { vault, gate, signal }: { readonly vault: Vault; readonly gate: Gate; readonly signal: AbortSignal },
): Promise<readonly Section[]> {
  const attached = read.flatMap((one) => one.section ?? []);
  const anchor = read.find((one) => one.document !== undefined);
  const words = typed.text.text;
  const found = await gate.gather(
    anchor?.document ?? typed,
    anchor?.offset ?? 0,
    { task: 'chat', vault, words },
    signal,
  );
  return [...attached, ...found];
}

/** Earlier questions and answers, each through redaction again: what is not certain to be clean is left out with its pair. */
async function messagesBefore(asked: TurnToPrepare, near: vscode.Uri | undefined): Promise<readonly Message[]> {
  const { turn, conversation, answers, vault, gate } = asked;
  const messages: Message[] = [];
  for (const earlier of answeredBefore(conversation, turn.id)) {
    const question = await gate.readTyped(earlier.redacted ?? '', near, 'chat', vault);
    const known = answers.get(earlier.id)?.answer;
    const answer =
      known && isOfPolicy(known, gate) ? known : await gate.readTyped(earlier.answer.text, near, 'chat', vault);
    if ('kind' in question || 'kind' in answer) continue;
    messages.push({ role: 'user', content: question.text }, { role: 'assistant', content: answer.text });
  }
  return messages;
}

/** Whether a text was read under the policy in force; another may replace more of it. */
function isOfPolicy({ text }: RedactedDocument, gate: Gate): boolean {
  const state = gate.policy();
  return state.ok && text.sources.every(({ policyHash }) => policyHash === state.active.hash);
}
