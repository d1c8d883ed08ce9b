import * as vscode from 'vscode';
import type { Completion, CompletionState } from '../core/completion/completion.ts';
import { type CompletionEngine, createCompletionEngine } from '../core/completion/engine.ts';
import { revealMarkers } from '../core/prompt/families.ts';
import { restore } from '../core/redaction/restore.ts';
import { signalOf } from './cancellation.ts';
import { completionOnFor, isCompletable } from './completable.ts';
import { type CompletionAsking, createCompletionAsking } from './completion-asking.ts';
import type { Gate } from './gate.ts';
import { readSettings } from './settings.ts';
import type { Snooze } from './snooze.ts';
import { type TypingTriggers, watchTriggers } from './typing-triggers.ts';

/** What a shown item was made of, for when the person accepts or dismisses it. */
interface Shown {
  readonly state: CompletionState;
  readonly completion: Completion;
}

interface Parts {
  readonly gate: Gate;
  readonly engine: CompletionEngine;
  readonly asking: CompletionAsking;
  readonly triggers: TypingTriggers;
}

/** Ghost text. */
export function registerInlineCompletion(gate: Gate, snooze: Snooze): vscode.Disposable {
  const vault = gate.newVault();
  const asking = createCompletionAsking(gate, vault);
  const engine = createCompletionEngine({
    ask: asking.ask,
    clock: { now: () => performance.now(), after: pause },
    extended: () => void vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
  });
  const triggers = watchTriggers();
  const parts: Parts = { gate, engine, asking, triggers };
  let shown: Shown | undefined;
  const provider: vscode.InlineCompletionItemProvider = {
    async provideInlineCompletionItems(document, position, context, token) {
      shown = undefined;
      if (!isWanted(document, snooze)) return undefined;
      const read = await gate.read(document, 'completion', vault);
      if ('kind' in read || token.isCancellationRequested) return undefined;
      const cursor = document.offsetAt(position);
      const offset = read.offsetOf(cursor);
      if (offset === undefined) return undefined; // the cursor is inside a secret
      asking.remember(read);
      const explicit = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      const { uri, languageId, text } = read;
      const trigger = explicit ? 'explicit' : triggers.of(document, cursor);
      const state = { uri, languageId, prefix: text.text.slice(0, offset), suffix: text.text.slice(offset), trigger };
      const completion = await engine.complete(state, signalOf(token));
      if (!completion || token.isCancellationRequested) return undefined;
      const item = itemFor(revealMarkers(restore(completion.text, vault, { uri })), document, { position, context });
      if (!item) return undefined;
      shown = { state, completion };
      noteOnce(parts, completion, 'shown');
      return [Object.assign(item, { command: { command: 'postern.accepted', title: '', arguments: [shown] } })];
    },
  };
  return vscode.Disposable.from(
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
    vscode.commands.registerCommand('postern.accepted', (accepted: Shown) => noteAccepted(accepted, parts)),
    vscode.commands.registerCommand('postern.dismissSuggestion', async () => {
      if (shown) engine.dismissed(shown.state);
      if (shown) noteOnce(parts, shown.completion, 'rejected');
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    }),
    vscode.workspace.onDidCloseTextDocument((document) => engine.forget(document.uri.toString())),
    gate.onDidEnd(({ question, end }) => {
      if (question.task !== 'completion' || end.kind !== 'failed' || end.error.kind !== 'rate-limited') return;
      engine.busy(end.error.retryAfterMs ?? BUSY_MS);
    }),
    triggers,
    { dispose: () => engine.dispose() },
  );
}

/** Patience with an endpoint that says 429 and not for how long. */
const BUSY_MS = 1000;

/** Where a person is writing code with one cursor, and wants completions. */
function isWanted(document: vscode.TextDocument, snooze: Snooze): boolean {
  if (!readSettings().completion || !completionOnFor(document.languageId) || snooze.until() !== undefined) return false;
  if (!isCompletable(document)) return false;
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  return editor === undefined || editor.selections.length === 1;
}

interface At {
  readonly position: vscode.Position;
  readonly context: vscode.InlineCompletionContext;
}

/** Inserts at the cursor; when the suggest widget has an entry selected, only a text that begins with it is shown. */
function itemFor(
  text: string,
  document: vscode.TextDocument,
  { position, context }: At,
): vscode.InlineCompletionItem | undefined {
  const selected = context.selectedCompletionInfo;
  if (!selected) return new vscode.InlineCompletionItem(text, new vscode.Range(position, position));
  const whole = document.getText(new vscode.Range(selected.range.start, position)) + text;
  return whole.startsWith(selected.text) ? new vscode.InlineCompletionItem(whole, selected.range) : undefined;
}

function noteAccepted({ state, completion }: Shown, parts: Parts): void {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === state.uri);
  if (document) parts.triggers.noteAccepted(document);
  parts.engine.accepted(state, completion.text);
  noteOnce(parts, completion, 'accepted');
  void vscode.commands.executeCommand('setContext', 'postern.didAccept', true);
}

/** One action of a kind a request: a completion that is typed through is shown at every key. */
const noted = new WeakMap<Completion['asked'], Set<string>>();

function noteOnce({ gate, asking }: Parts, { asked }: Completion, action: 'shown' | 'accepted' | 'rejected'): void {
  const request = asking.requestOf(asked);
  const before = noted.get(asked) ?? new Set();
  if (request === undefined || before.has(action)) return;
  noted.set(asked, before.add(action));
  gate.noteAction(request, action);
}

/** Resolves when the time has passed or the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
