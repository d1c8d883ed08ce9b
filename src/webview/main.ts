import type { FromView, ToView, Words } from '../core/chat/protocol.ts';
import { Composer } from './composer.ts';
import { Transcript } from './transcript.ts';

interface EditorApi {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: { readonly draft: string }): void;
}

/** Given by VS Code to every webview, once. */
declare function acquireVsCodeApi(): EditorApi;

interface View {
  readonly transcript: Transcript;
  readonly composer: Composer;
}

const api = acquireVsCodeApi();
let view: View | undefined;

window.addEventListener('message', (event: MessageEvent<ToView>) => {
  // The editor's own frame around the view has the origin of the view; nothing else may speak to it.
  if (event.origin !== window.origin) return;
  const message = event.data;
  if (message.type === 'begin') view = begin(message.words);
  else if (view) receive(view, message);
});
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && view?.composer.busy) {
    event.preventDefault();
    api.postMessage({ type: 'stop' });
  }
});
api.postMessage({ type: 'ready' });

function begin(words: Words): View {
  const host = { words, post: (message: FromView) => api.postMessage(message) };
  const composer = new Composer(host, {
    read: keptDraft,
    write: (draft) => api.setState({ draft }),
  });
  const transcript = new Transcript(host, (question) => composer.send(question));
  document.body.replaceChildren(transcript.root, composer.root);
  return { transcript, composer };
}

function keptDraft(): string {
  const state = api.getState();
  return typeof state === 'object' && state !== null && 'draft' in state && typeof state.draft === 'string'
    ? state.draft
    : '';
}

function receive({ transcript, composer }: View, message: Exclude<ToView, { type: 'begin' }>): void {
  switch (message.type) {
    case 'clear':
      transcript.clear(message.examples, message.origin);
      break;
    case 'turn':
      transcript.turn(message.turn);
      break;
    case 'blocks':
      transcript.blocks(message.turn, message.from, message.blocks);
      break;
    case 'composer':
      composer.show(message);
      break;
    case 'mentioned':
      composer.mentioned();
      break;
    case 'draft':
      composer.setDraft(message.text);
      break;
    case 'focus':
      composer.focus();
      break;
  }
}
