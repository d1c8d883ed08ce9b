import * as vscode from 'vscode';
import { reopened } from '../core/chat/history.ts';
import { webAddress } from '../core/chat/inlines.ts';
import type { FromView } from '../core/chat/protocol.ts';
import { signInCommand } from '../core/provider/error-message.ts';
import { ChatEdits } from './chat-apply.ts';
import { runCodeAction } from './chat-code.ts';
import { ChatComposer } from './chat-composer.ts';
import { createChatHistory } from './chat-history.ts';
import { pickMention } from './chat-mention.ts';
import { pickModel } from './chat-models.ts';
import { fileNamed, openPlace } from './chat-places.ts';
import { ChatSession } from './chat-session.ts';
import { ChatView } from './chat-view.ts';
import type { Gate } from './gate.ts';
import type { ApplyRims } from './refactor-apply.ts';

/** What the chat needs beside the gate. */
export interface ChatRims extends ApplyRims {
  /** Whether chats are kept on this machine. */
  keepHistory(): boolean;
  /** A fresh UUID. */
  newId(): string;
}

const MODEL_KEY = 'postern.chat.model';

/** Everything that belongs together while the extension runs. */
interface Chat {
  readonly gate: Gate;
  readonly session: ChatSession;
  readonly composer: ChatComposer;
  readonly edits: ChatEdits;
  readonly view: ChatView;
  readonly settings: vscode.Memento;
}

/** The chat view `postern.chat` with its commands. */
export function registerChat(context: vscode.ExtensionContext, gate: Gate, rims: ChatRims): vscode.Disposable {
  const session = new ChatSession(gate, () => rims.newId());
  const composer = new ChatComposer(gate);
  const edits = new ChatEdits(rims);
  const history = createChatHistory(context.workspaceState, () => rims.keepHistory());
  const settings = context.globalState;
  const view = new ChatView({
    gate,
    session,
    composer,
    extensionUri: context.extensionUri,
    preferred: () => settings.get<string>(MODEL_KEY),
    newId: () => rims.newId(),
    onMessage: (message) => void answer(message, { gate, session, composer, edits, view, settings }),
  });
  const { registerCommand } = vscode.commands;
  const registered = vscode.Disposable.from(
    view,
    session,
    composer,
    edits,
    vscode.window.registerWebviewViewProvider('postern.chat', view),
    session.onDidEnd(({ answers }) => {
      void history.remember(session.conversation, answers);
      void vscode.commands.executeCommand('setContext', 'postern.didAsk', true);
    }),
    registerCommand('postern.chat.new', async () => {
      session.open(undefined);
      await vscode.commands.executeCommand('postern.chat.focus');
      view.post({ type: 'focus' });
    }),
    registerCommand('postern.chat.history', async () => {
      const kept = await history.pick();
      if (kept) session.open(reopened(kept));
    }),
    registerCommand('postern.chat.deleteHistory', async () => {
      if (await history.deleteAll()) session.open(undefined);
    }),
    registerCommand('postern.chat.applyProposal', () => edits.answer(true)),
    registerCommand('postern.chat.discardProposal', () => edits.answer(false)),
  );
  context.subscriptions.push(registered);
  return registered;
}

/** Does what the person asked for in the view. */
async function answer(message: FromView, chat: Chat): Promise<void> {
  const { session, composer, view, settings } = chat;
  switch (message.type) {
    case 'ready':
      return view.redrawNow();
    case 'ask':
      session.ask(message.text, composer.wanted(), settings.get<string>(MODEL_KEY));
      return composer.sent();
    case 'stop':
      return session.stop();
    case 'retry':
      return session.retry(message.turn, { preferred: settings.get<string>(MODEL_KEY) });
    case 'rate':
      return session.rate(message.turn, message.rating);
    case 'act':
      return act(message.action, message.turn, chat);
    case 'mention':
      return mention(chat);
    case 'removeChip':
      return composer.remove(message.chip);
    case 'openChip':
      return openChip(message.chip, message.turn, chat);
    case 'openPlace':
      return openCitation(message, chat);
    case 'openLink':
      return openLink(message.href);
    case 'code':
      return runCodeAction(message.action, message, chat);
    case 'pickModel': {
      const picked = await pickModel(view.models());
      if (picked === undefined) return;
      await settings.update(MODEL_KEY, picked);
      return view.redrawNow();
    }
    case 'why':
      await vscode.commands.executeCommand('postern.why');
  }
}

/** Does what a button inside an answer says. */
async function act(action: string, id: string, chat: Chat): Promise<void> {
  const { session, gate, settings, view } = chat;
  const preferred = settings.get<string>(MODEL_KEY);
  const end = session.turn(id)?.answer.end;
  switch (action) {
    case 'cancel':
      return session.stop();
    case 'retry':
      return session.retry(id, { preferred });
    case 'without-files':
      return session.retry(id, { preferred, withoutFiles: true });
    case 'continue':
      return session.ask(vscode.l10n.t('Continue where you stopped.'), [], preferred);
    case 'other-model': {
      const picked = await pickModel(view.models());
      return picked === undefined ? undefined : session.retry(id, { preferred: picked });
    }
    case 'copy-sign-in': {
      const state = gate.policy();
      const endpoint =
        state.ok && end?.kind === 'failed' ? state.active.policy.endpoints[end.error.endpointId] : undefined;
      const command = signInCommand(endpoint);
      return command === undefined ? undefined : vscode.env.clipboard.writeText(command);
    }
    default:
      await runCommand(action, end?.kind === 'refused' ? end.refusal : undefined);
  }
}

async function runCommand(action: string, refusal: unknown): Promise<void> {
  const commands: Readonly<Record<string, string>> = {
    why: 'postern.why',
    'check-endpoint': 'postern.checkEndpoint',
    'set-key': 'postern.setKey',
    details: 'postern.showLog',
  };
  const command = commands[action];
  if (command !== undefined) await vscode.commands.executeCommand(command, ...(refusal === undefined ? [] : [refusal]));
}

async function mention({ composer, view }: Chat): Promise<void> {
  const picked = await pickMention();
  await vscode.commands.executeCommand('postern.chat.focus');
  if (!picked) return view.post({ type: 'focus' });
  composer.add(picked.uri, picked.part);
  view.post({ type: 'mentioned' });
}

async function openChip(id: string, turn: string | undefined, { session, composer }: Chat): Promise<void> {
  const attachments =
    turn === undefined ? composer.read().map((one) => one.attachment) : (session.turn(turn)?.attachments ?? []);
  const attachment = attachments.find((one) => one.id === id);
  if (attachment) await openPlace(vscode.Uri.parse(attachment.uri), attachment.lines);
}

async function openCitation(place: FromView & { type: 'openPlace' }, { session }: Chat): Promise<void> {
  const uri = session.uriOf(place.turn, place.path) ?? (await fileNamed(place.path));
  if (uri) return openPlace(uri, { first: place.first - 1, last: place.last - 1 });
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} is not a file of this workspace.', place.path));
}

/** The editor itself asks before it opens an address, and shows all of it. */
async function openLink(href: string): Promise<void> {
  const address = webAddress(href);
  if (address !== undefined) await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
