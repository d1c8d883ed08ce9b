import type { ToView } from '../core/chat/protocol.ts';
import { button, element, fill, icon } from './dom.ts';
import type { Host } from './host.ts';
import { chipElement } from './turn.ts';

/** Where the person writes. */
export interface Composer {
  readonly root: HTMLElement;
  show(state: ToView & { readonly type: 'composer' }): void;
  /** Takes the `@` away that opened the list of files. */
  mentioned(): void;
  setDraft(text: string): void;
  focus(): void;
  send(text: string): void;
}

export interface Draft {
  read(): string;
  write(text: string): void;
}

export function createComposer(host: Host, draft: Draft): Composer {
  const { words } = host;
  const input = element('textarea', {
    class: 'input',
    rows: '1',
    placeholder: words.placeholder,
    'aria-label': words.ask,
    dir: 'auto',
  });
  input.value = draft.read();
  const chips = element('div', { class: 'chips', role: 'group', 'aria-label': words.attachments });
  const model = element('button', { type: 'button', class: 'button quiet model' });
  model.addEventListener('click', () => host.post({ type: 'pickModel' }));
  const send = button({ label: words.send, icon: 'send', look: 'icon', onClick: () => submit() });
  send.classList.add('send');
  const stop = button({
    label: words.stop,
    icon: 'debug-stop',
    look: 'quiet',
    title: words.stop,
    onClick: () => host.post({ type: 'stop' }),
  });
  stop.classList.add('stop');
  stop.hidden = true;
  let busy = false;
  let last = '';
  const changed = (): void => {
    draft.write(input.value);
    send.disabled = input.value.trim() === '';
  };
  const setText = (text: string): void => {
    input.value = text;
    changed();
  };
  const sendText = (text: string): void => {
    if (busy || text.trim() === '') return;
    last = text;
    host.post({ type: 'ask', text });
  };
  const submit = (): void => {
    if (busy || input.value.trim() === '') return;
    const text = input.value;
    setText('');
    sendText(text);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && input.value === '' && last !== '') {
      event.preventDefault();
      setText(last);
    }
  };
  input.addEventListener('keydown', onKey);
  input.addEventListener('input', (event) => {
    changed();
    if (event instanceof InputEvent && event.data === '@' && beginsWord(input)) host.post({ type: 'mention' });
  });
  changed();
  return {
    root: element(
      'div',
      { class: 'composer', role: 'group', 'aria-label': words.ask },
      chips,
      input,
      element(
        'div',
        { class: 'composer-bar' },
        button({ label: words.attach, icon: 'mention', look: 'icon', onClick: () => host.post({ type: 'mention' }) }),
        model,
        button({ label: words.why, look: 'link', onClick: () => host.post({ type: 'why' }) }),
        element('span', { class: 'space' }),
        stop,
        send,
      ),
    ),
    show(state) {
      busy = state.busy;
      stop.hidden = !busy;
      send.hidden = busy;
      fill(chips, JSON.stringify(state.chips), () =>
        state.chips.map((chip) =>
          chipElement(chip, { host, remove: () => host.post({ type: 'removeChip', chip: chip.id }) }),
        ),
      );
      chips.hidden = state.chips.length === 0;
      model.setAttribute('aria-label', `${words.pickModel}: ${state.model}`);
      model.title = state.modelDetail;
      fill(model, state.model, () => [element('span', { class: 'label' }, state.model), icon('chevron-down')]);
    },
    mentioned() {
      const at = input.selectionStart;
      if (input.value[at - 1] === '@') {
        setText(input.value.slice(0, at - 1) + input.value.slice(at));
        input.setSelectionRange(at - 1, at - 1);
      }
      input.focus();
    },
    setDraft: setText,
    focus: () => input.focus(),
    send: sendText,
  };
}

/** Whether the sign before the caret stands at the beginning of a word, so that an e-mail address opens no list. */
const beginsWord = (input: HTMLTextAreaElement): boolean =>
  /(?:^|\s)@$/.test(input.value.slice(0, input.selectionStart));
