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

/** What is remembered of a turn beside its words. */
interface Remembered {
  readonly wanted: readonly Wanted[];
  readonly prepared?: PreparedTurn;
  /** The answer after it went through redaction once more: it stands in later prompts and is what is kept. */
  readonly answer?: RedactedDocument;
}

/** An answer that is whole, with all answers of the conversation as they may be kept. */
export interface EndedTurn {
  readonly turn: Turn;
  readonly answers: ReadonlyMap<string, string>;
}

/** Wait before a starting endpoint is asked again when it does not say, and longest time to go on, in milliseconds. */
const WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

/** The conversation in front: what was said, and what is being asked. One question is asked at a time. */
export class ChatSession implements vscode.Disposable {
  readonly #gate: Gate;
  readonly #newId: () => string;
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #didEnd = new vscode.EventEmitter<EndedTurn>();
  #conversation: Conversation;
  #vault: Vault;
  #remembered = new Map<string, Remembered>();
  #running: { readonly turn: string; readonly controller: AbortController } | undefined;

  readonly onDidChange = this.#didChange.event;
  readonly onDidEnd = this.#didEnd.event;

  constructor(gate: Gate, newId: () => string) {
    this.#gate = gate;
    this.#newId = newId;
    this.#vault = gate.newVault();
    this.#conversation = emptyConversation(newId());
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Placeholders of this conversation. */
  get vault(): Vault {
    return this.#vault;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  turn(id: string): Turn | undefined {
    return this.#conversation.turns.find((turn) => turn.id === id);
  }

  /** The file that stood in the prompt of a turn under the path that the model saw. */
  uriOf(turn: string, path: string): vscode.Uri | undefined {
    const sections = this.#remembered.get(turn)?.prepared?.sections ?? [];
    const found = sections.find((section) => section.path.text === path);
    return found && vscode.Uri.parse(found.uri);
  }

  ask(typed: string, wanted: readonly Wanted[], preferred: string | undefined): void {
    if (this.#running) return;
    const id = this.#newId();
    this.#remember(id, { wanted });
    this.#update({ type: 'asked', turn: id, typed, at: Date.now() });
    void this.#run(id, preferred);
  }

  /** Asks the question of a turn again. */
  retry(id: string, change: { readonly withoutFiles?: boolean; readonly preferred?: string | undefined }): void {
    this.stop();
    if (change.withoutFiles) this.#remember(id, { wanted: [] });
    this.#update({ type: 'again', turn: id, at: Date.now() });
    void this.#run(id, change.preferred);
  }

  /** Ends the request at once; what came of the answer stays. */
  stop(): void {
    if (!this.#running) return;
    const { turn, controller } = this.#running;
    this.#running = undefined;
    controller.abort();
    this.#update({ type: 'event', turn, event: { type: 'end', reason: 'aborted' }, at: Date.now() });
    void this.#keep(turn, this.#vault);
  }

  rate(id: string, rating: 'up' | 'down'): void {
    this.#update({ type: 'rated', turn: id, rating });
    this.note(id, rating === 'up' ? 'accepted' : 'rejected');
  }

  /** Tells the audit what the person did with an answer. */
  note(id: string, action: 'shown' | 'accepted' | 'rejected'): void {
    const requestId = this.turn(id)?.answer.by?.requestId;
    if (requestId) this.#gate.noteAction(requestId, action);
  }

  /** Begins a conversation: an empty one, or one that was kept. Placeholders of the old one are forgotten. */
  open(kept: Conversation | undefined): void {
    this.stop();
    this.#vault = this.#gate.newVault();
    this.#remembered = new Map();
    this.#conversation = kept ?? emptyConversation(this.#newId());
    this.#didChange.fire();
  }

  dispose(): void {
    this.stop();
    vscode.Disposable.from(this.#didChange, this.#didEnd).dispose();
  }

  #update(change: ChatChange): void {
    this.#conversation = changed(this.#conversation, change);
    this.#didChange.fire();
  }

  #remember(turn: string, more: Partial<Remembered>): void {
    this.#remembered.set(turn, { wanted: [], ...this.#remembered.get(turn), ...more });
  }

  async #run(id: string, preferred: string | undefined): Promise<void> {
    const turn = this.turn(id);
    if (!turn) return;
    const controller = new AbortController();
    this.#running = { turn: id, controller };
    this.#didChange.fire();
    const { signal } = controller;
    const asked = {
      turn,
      conversation: this.#conversation,
      wanted: this.#remembered.get(id)?.wanted ?? [],
      answers: this.#remembered,
      vault: this.#vault,
      gate: this.#gate,
    };
    const prepared = await prepareTurn(asked, signal);
    if (signal.aborted) return;
    this.#update({ type: 'prepared', turn: id, ...prepared.shown });
    if (prepared.refusal) {
      this.#update({ type: 'event', turn: id, event: { type: 'refused', refusal: prepared.refusal }, at: Date.now() });
    } else {
      this.#remember(id, { prepared: prepared.turn });
      const { question } = prepared.turn;
      await this.#listen(id, preferred === undefined ? question : { ...question, preferred }, signal);
    }
    if (this.#running?.controller !== controller) return;
    this.#running = undefined;
    this.#didChange.fire();
    await this.#keep(id, this.#vault);
  }

  /** Asks, and asks again while the endpoint is starting. */
  async #listen(id: string, question: Question, signal: AbortSignal): Promise<void> {
    for (;;) {
      const waitMs = await this.#stream(id, question, signal);
      if (waitMs === undefined) return;
      this.#update({ type: 'waiting', turn: id, at: Date.now() });
      await rested(waitMs, signal);
      if (signal.aborted) return;
    }
  }

  /** Milliseconds to wait when the endpoint is starting; undefined when the answer is over. */
  async #stream(id: string, question: Question, signal: AbortSignal): Promise<number | undefined> {
    for await (const event of this.#gate.ask(question, signal)) {
      if (signal.aborted) continue;
      const waitMs = waitFor(event, this.turn(id));
      if (waitMs !== undefined) return waitMs;
      this.#update({ type: 'event', turn: id, event, at: Date.now() });
    }
    return undefined;
  }

  /** An answer is model output: what it says goes through redaction before it is kept or stands in a prompt. */
  async #keep(id: string, vault: Vault): Promise<void> {
    const turn = this.turn(id);
    if (!turn || turn.answer.text === '') return;
    this.note(id, 'shown');
    const near = vscode.window.activeTextEditor?.document.uri;
    const answer = await this.#gate.readTyped(turn.answer.text, near, 'chat', vault);
    if (vault !== this.#vault || 'kind' in answer) return;
    this.#remember(id, { answer });
    const answers = this.#conversation.turns.flatMap((one): [string, string][] => {
      const text = this.#remembered.get(one.id)?.answer?.text.text ?? (wasKept(one) ? one.answer.text : undefined);
      return text === undefined ? [] : [[one.id, text]];
    });
    this.#didEnd.fire({ turn, answers: new Map(answers) });
  }
}

/** A turn of a conversation that was opened again: it was redacted when it was kept. */
const wasKept = (turn: Turn): boolean => turn.answer.by?.requestId === '';

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
