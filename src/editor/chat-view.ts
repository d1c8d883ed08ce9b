import * as vscode from 'vscode';
import { blockChanges } from '../core/chat/changes.ts';
import { conversationClass, highest, type Turn } from '../core/chat/conversation.ts';
import { blocksOf } from '../core/chat/markdown.ts';
import { chipOf, type Presentation, presented } from '../core/chat/present.ts';
import type { Block, FromView, ToView } from '../core/chat/protocol.ts';
import { settled } from '../core/chat/streaming.ts';
import { errorMessage } from '../core/provider/error-message.ts';
import type { ProviderError } from '../core/provider/provider-error.ts';
import { restore } from '../core/redaction/restore.ts';
import type { ChatComposer } from './chat-composer.ts';
import { CHAT_STYLES, chatHtml } from './chat-html.ts';
import { type ChatModels, chatModels } from './chat-models.ts';
import type { ChatSession } from './chat-session.ts';
import { exampleQuestions } from './chat-start.ts';
import { chatWords } from './chat-words.ts';
import type { Gate } from './gate.ts';

export interface ChatViewPorts {
  readonly gate: Gate;
  readonly session: ChatSession;
  readonly composer: ChatComposer;
  readonly extensionUri: vscode.Uri;
  /** Model that the person picked. */
  preferred(): string | undefined;
  newId(): string;
  onMessage(message: FromView): void;
}

/** Shortest time between two updates of the view, in milliseconds. */
const UPDATE_MS = 50;
/** Share of the time that drawing may take: after a slow one the next waits this many times as long. */
const REST_FACTOR = 4;

interface SentTurn {
  readonly turn: Turn;
  readonly view: string;
  readonly blocks: readonly Block[];
}

/** Draws the session: sends the view what changed since it was last drawn, at most 20 times a second. */
export class ChatView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #ports: ChatViewPorts;
  readonly #listeners: vscode.Disposable;
  #webview: vscode.Webview | undefined;
  #shown = '';
  #sent = new Map<string, SentTurn>();
  #lastStart = '';
  #lastComposer = '';
  #timer: NodeJS.Timeout | undefined;
  #rest = UPDATE_MS;

  constructor(ports: ChatViewPorts) {
    this.#ports = ports;
    const redraw = (): void => this.#redraw();
    this.#listeners = vscode.Disposable.from(
      ports.session.onDidChange(redraw),
      ports.composer.onDidChange(redraw),
      ports.gate.onDidChangePolicy(redraw),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    const dist = vscode.Uri.joinPath(this.#ports.extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.#ports.extensionUri, 'media');
    webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    const at = (folder: vscode.Uri, name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.onDidReceiveMessage((message: FromView) => {
      if (message.type === 'ready') this.#begin(webview);
      else this.#ports.onMessage(message);
    });
    view.onDidDispose(() => {
      if (this.#webview === webview) this.#webview = undefined;
    });
    webview.html = chatHtml({
      source: webview.cspSource,
      nonce: this.#ports.newId().replaceAll('-', ''),
      script: at(dist, 'webview.js'),
      styles: [at(dist, 'codicon.css'), ...CHAT_STYLES.map((name) => at(media, name))],
      language: vscode.env.language,
    });
  }

  post(message: ToView): void {
    void this.#webview?.postMessage(message);
  }

  /** What policy allows for the next question, by what would go with it. */
  models(): ChatModels {
    const { gate, session, composer, preferred } = this.#ports;
    const attached = composer.read().flatMap((one) => one.attachment.class ?? []);
    return chatModels(gate, highest([conversationClass(session.conversation), ...attached]), preferred());
  }

  redrawNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }

  /** The page is new, as after every time that the view was hidden: it knows nothing. */
  #begin(webview: vscode.Webview): void {
    this.#webview = webview;
    this.#shown = '';
    this.#lastComposer = '';
    this.post({ type: 'begin', words: chatWords() });
    this.redrawNow();
  }

  #redraw(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const began = performance.now();
      this.#draw();
      this.#rest = Math.max(UPDATE_MS, (performance.now() - began) * REST_FACTOR);
    }, this.#rest);
  }

  #draw(): void {
    if (!this.#webview) return;
    const { conversation } = this.#ports.session;
    const models = this.models();
    const start = { type: 'clear', examples: exampleQuestions(), origin: models.origin } as const;
    const startKey = JSON.stringify(start);
    if (this.#shown !== conversation.id || (conversation.turns.length === 0 && startKey !== this.#lastStart)) {
      this.#shown = conversation.id;
      this.#lastStart = startKey;
      this.#sent.clear();
      this.post(start);
    }
    for (const turn of conversation.turns) this.#drawTurn(turn);
    this.#drawComposer(models);
  }

  #drawTurn(turn: Turn): void {
    const sent = this.#sent.get(turn.id);
    if (sent?.turn === turn) return;
    const view = presented(turn, this.#presentation());
    const viewKey = JSON.stringify(view);
    const { text, end } = turn.answer;
    const blocks = blocksOf(end ? text : settled(text), this.#restored);
    const change = blockChanges(sent?.blocks ?? [], blocks);
    // Blocks go between the two states of a turn, so that its end is announced with all of them in place.
    if (!sent || view.working) this.post({ type: 'turn', turn: view.working ? view : { ...view, working: true } });
    if (change) this.post({ type: 'blocks', turn: turn.id, ...change });
    if (!view.working && sent?.view !== viewKey) this.post({ type: 'turn', turn: view });
    this.#sent.set(turn.id, { turn, view: viewKey, blocks });
  }

  #drawComposer(models: ChatModels): void {
    const { session, composer } = this.#ports;
    const message: ToView = {
      type: 'composer',
      chips: composer.read().map((one) => chipOf(one.attachment, vscode.l10n.t)),
      model: models.label,
      modelDetail: models.detail,
      busy: session.busy,
    };
    const key = JSON.stringify(message);
    if (key === this.#lastComposer) return;
    this.#lastComposer = key;
    this.post(message);
  }

  readonly #restored = (text: string): string => restore(text, this.#ports.session.vault, 'display');

  #presentation(): Presentation {
    return { say: vscode.l10n.t, explain: (error) => this.#explained(error), restore: this.#restored };
  }

  #explained(error: ProviderError): ReturnType<Presentation['explain']> {
    const state = this.#ports.gate.policy();
    const endpoint = state.ok ? state.active.policy.endpoints[error.endpointId] : undefined;
    const { message, actions } = errorMessage(error, endpoint === undefined ? {} : { endpoint });
    return { message, actions: actions.map(({ id, title }) => ({ id, label: vscode.l10n.t(title) })) };
  }
}
