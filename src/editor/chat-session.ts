import * as vscode from 'vscode';
import {
  type ChatChange,
  type Conversation,
  changed,
  emptyConversation,
  type Turn,
} from '../core/chat/conversation.ts';
import type { GateEvent, Question } from '../core/gate/question.ts';
import type { RedactedDocument } from '../core/redaction/redact.ts';
import type { Vault } from '../core/redaction/vault.ts';
import type { Wanted } from './chat-attachments.ts';
import { type PreparedTurn, prepareTurn } from './chat-prompt.ts';
import type { Gate } from './gate.ts';

/** One conversation at a time: what was said, and what is being asked. */
export interface ChatSession extends vscode.Disposable {
  conversation(): Conversation;
  /** Placeholders of this conversation. */
  vault(): Vault;
  readonly onDidChange: vscode.Event<void>;
  /** Fires once an answer is whole, with all answers as they may be kept. */
  readonly onDidEnd: vscode.Event<{ readonly turn: Turn; readonly answers: ReadonlyMap<string, string> }>;
  busy(): boolean;
  ask(typed: string, wanted: readonly Wanted[], preferred: string | undefined): void;
  /** Asks the question of a turn again. */
  retry(turn: string, change: { readonly withoutFiles?: boolean; readonly preferred?: string | undefined }): void;
  stop(): void;
  rate(turn: string, rating: 'up' | 'down'): void;
  /** Files that stood in the prompt of a turn, by the path that the model saw. */
  uriOf(turn: string, path: string): vscode.Uri | undefined;
  /** Begins a conversation: an empty one, or one that was kept. */
  open(conversation: Conversation | undefined): void;
}

/** What is remembered of a turn beside its words. */
interface Remembered {
  readonly wanted: readonly Wanted[];
  readonly prepared?: PreparedTurn;
  /** The answer after it went through redaction once more: it stands in later prompts and is what is kept. */
  readonly answer?: RedactedDocument;
}

/** Wait before a starting endpoint is asked again when it does not say, and longest time to go on, in milliseconds. */
const WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

export function createChatSession(gate: Gate, newId: () => string): ChatSession {
  const didChange = new vscode.EventEmitter<void>();
  const didEnd = new vscode.EventEmitter<{ turn: Turn; answers: ReadonlyMap<string, string> }>();
  let conversation = emptyConversation(newId());
  let vault = gate.newVault();
  let remembered = new Map<string, Remembered>();
  let running: { readonly turn: string; readonly controller: AbortController } | undefined;

  const update = (change: ChatChange): void => {
    conversation = changed(conversation, change);
    didChange.fire();
  };
  const remember = (turn: string, more: Partial<Remembered>): void => {
    remembered.set(turn, { wanted: [], ...remembered.get(turn), ...more });
  };
  const turnOf = (id: string): Turn | undefined => conversation.turns.find((turn) => turn.id === id);

  const run = async (id: string, preferred: string | undefined): Promise<void> => {
    const turn = turnOf(id);
    if (!turn) return;
    const controller = new AbortController();
    running = { turn: id, controller };
    didChange.fire();
    const { signal } = controller;
    const prepared = await prepareTurn(
      { turn, conversation, wanted: remembered.get(id)?.wanted ?? [], answers: remembered, vault, gate },
      signal,
    );
    if (signal.aborted) return;
    update({ type: 'prepared', turn: id, ...prepared.shown });
    if (prepared.refusal) {
      update({ type: 'event', turn: id, event: { type: 'refused', refusal: prepared.refusal }, at: Date.now() });
    } else {
      remember(id, { prepared: prepared.turn });
      await listen(id, { ...prepared.turn.question, ...(preferred === undefined ? {} : { preferred }) }, signal);
    }
    if (running?.controller === controller) running = undefined;
    didChange.fire();
  };

  const listen = async (id: string, question: Question, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const warming = await stream(id, question, signal);
      if (warming === undefined) break;
      update({ type: 'waiting', turn: id, at: Date.now() });
      await rested(warming, signal);
      if (signal.aborted) return;
    }
    await keep(id, vault);
  };

  /** Milliseconds to wait when the endpoint is starting; undefined when the answer is over. */
  const stream = async (id: string, question: Question, signal: AbortSignal): Promise<number | undefined> => {
    for await (const event of gate.ask(question, signal)) {
      if (signal.aborted) continue;
      const wait = waitFor(event, turnOf(id));
      if (wait !== undefined) return wait;
      update({ type: 'event', turn: id, event, at: Date.now() });
    }
    return undefined;
  };

  /** The answer is model output: what it says goes through redaction before it is kept or asked about again. */
  const keep = async (id: string, keptVault: Vault): Promise<void> => {
    const turn = turnOf(id);
    if (!turn || turn.answer.text === '') return;
    const answer = await gate.readTyped(
      turn.answer.text,
      vscode.window.activeTextEditor?.document.uri,
      'chat',
      keptVault,
    );
    if (keptVault !== vault || 'kind' in answer) return;
    remember(id, { answer });
    if (turn.answer.by) gate.noteAction(turn.answer.by.requestId, 'shown');
    const answers = new Map<string, string>();
    for (const one of conversation.turns) {
      const text =
        remembered.get(one.id)?.answer?.text.text ?? (one.answer.by?.requestId === '' ? one.answer.text : undefined);
      if (text !== undefined) answers.set(one.id, text);
    }
    didEnd.fire({ turn, answers });
  };

  const stop = (): void => {
    if (!running) return;
    const { turn, controller } = running;
    running = undefined;
    controller.abort();
    update({ type: 'event', turn, event: { type: 'end', reason: 'aborted' }, at: Date.now() });
    void keep(turn, vault);
  };

  return {
    conversation: () => conversation,
    vault: () => vault,
    onDidChange: didChange.event,
    onDidEnd: didEnd.event,
    busy: () => running !== undefined,
    ask(typed, wanted, preferred) {
      if (running) return;
      const id = newId();
      remember(id, { wanted });
      update({ type: 'asked', turn: id, typed, at: Date.now() });
      void run(id, preferred);
    },
    retry(id, { withoutFiles, preferred }) {
      stop();
      if (withoutFiles) remember(id, { wanted: [] });
      update({ type: 'again', turn: id, at: Date.now() });
      void run(id, preferred);
    },
    stop,
    rate(id, rating) {
      update({ type: 'rated', turn: id, rating });
      const requestId = turnOf(id)?.answer.by?.requestId;
      if (requestId) gate.noteAction(requestId, rating === 'up' ? 'accepted' : 'rejected');
    },
    uriOf(id, path) {
      const found = remembered.get(id)?.prepared?.sections.find((section) => section.path.text === path);
      return found && vscode.Uri.parse(found.uri);
    },
    open(kept) {
      stop();
      vault = gate.newVault();
      remembered = new Map();
      conversation = kept ?? emptyConversation(newId());
      didChange.fire();
    },
    dispose() {
      stop();
      vscode.Disposable.from(didChange, didEnd).dispose();
    },
  };
}

/** How long to wait before a starting endpoint is asked again, or undefined when the event is not about that. */
function waitFor(event: GateEvent, turn: Turn | undefined): number | undefined {
  if (event.type !== 'error' || event.error.kind !== 'warming') return undefined;
  const since = turn?.answer.waitingSince;
  if (since !== undefined && Date.now() - since > LONGEST_WAIT_MS) return undefined;
  return event.error.retryAfterMs ?? WAIT_MS;
}

const rested = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
