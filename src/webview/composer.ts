import type { ToView } from '../core/chat/protocol.ts';
import { button, element, fill, icon } from './dom.ts';
import type { Host } from './host.ts';
import { chipElement } from './turn.ts';

export interface Draft {
  read(): string;
  write(text: string): void;
}

/** Where the person writes. */
export class Composer {
  readonly root: HTMLElement;
  readonly #host: Host;
  readonly #draft: Draft;
  readonly #input: HTMLTextAreaElement;
  readonly #chips: HTMLElement;
  readonly #model: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  #busy = false;
  #last = '';

  constructor(host: Host, draft: Draft) {
    const { words } = host;
    this.#host = host;
    this.#draft = draft;
    this.#input = element('textarea', {
      class: 'input',
      rows: '1',
      placeholder: words.placeholder,
      'aria-label': words.ask,
      dir: 'auto',
    });
    this.#chips = element('div', { class: 'chips', role: 'group', 'aria-label': words.attachments });
    this.#model = element('button', { type: 'button', class: 'button quiet model' });
    this.#model.addEventListener('click', () => host.post({ type: 'pickModel' }));
    this.#send = button({ label: words.send, icon: 'send', look: 'icon', onClick: () => this.#submit() });
    this.#send.classList.add('send');
    const stop = () => host.post({ type: 'stop' });
    this.#stop = button({ label: words.stop, icon: 'debug-stop', look: 'quiet', title: words.stop, onClick: stop });
    this.#stop.classList.add('stop');
    this.#stop.hidden = true;
    this.#listen();
    this.setDraft(draft.read());
    const about = { class: 'composer', role: 'group', 'aria-label': words.ask };
    this.root = element('div', about, this.#chips, this.#input, this.#bar());
  }

  get busy(): boolean {
    return this.#busy;
  }

  show(state: ToView & { readonly type: 'composer' }): void {
    const { words } = this.#host;
    this.#busy = state.busy;
    this.#stop.hidden = !state.busy;
    this.#send.hidden = state.busy;
    fill(this.#chips, JSON.stringify(state.chips), () =>
      state.chips.map((chip) =>
        chipElement(chip, { host: this.#host, remove: () => this.#host.post({ type: 'removeChip', chip: chip.id }) }),
      ),
    );
    this.#chips.hidden = state.chips.length === 0;
    this.#model.setAttribute('aria-label', `${words.pickModel}: ${state.model}`);
    this.#model.title = state.modelDetail;
    fill(this.#model, state.model, () => [element('span', { class: 'label' }, state.model), icon('chevron-down')]);
  }

  /** Takes the `@` away that opened the list of files. */
  mentioned(): void {
    const at = this.#input.selectionStart;
    const { value } = this.#input;
    if (value[at - 1] === '@') {
      this.setDraft(value.slice(0, at - 1) + value.slice(at));
      this.#input.setSelectionRange(at - 1, at - 1);
    }
    this.focus();
  }

  setDraft(text: string): void {
    this.#input.value = text;
    this.#changed();
  }

  focus(): void {
    this.#input.focus();
  }

  send(text: string): void {
    if (this.#busy || text.trim() === '') return;
    this.#last = text;
    this.#host.post({ type: 'ask', text });
  }

  #bar(): HTMLElement {
    const { words } = this.#host;
    const mention = () => this.#host.post({ type: 'mention' });
    const askWhy = () => this.#host.post({ type: 'why' });
    const why = button({ label: words.why, icon: 'question', look: 'quiet', title: words.why, onClick: askWhy });
    why.classList.add('why');
    why.setAttribute('aria-label', words.why);
    return element(
      'div',
      { class: 'composer-bar' },
      button({ label: words.attach, icon: 'mention', look: 'icon', onClick: mention }),
      this.#model,
      why,
      element('span', { class: 'space' }),
      this.#stop,
      this.#send,
    );
  }

  #submit(): void {
    const text = this.#input.value;
    if (this.#busy || text.trim() === '') return;
    this.setDraft('');
    this.send(text);
  }

  #changed(): void {
    this.#draft.write(this.#input.value);
    this.#send.disabled = this.#input.value.trim() === '';
  }

  #listen(): void {
    this.#input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        this.#submit();
      } else if (event.key === 'ArrowUp' && this.#input.value === '' && this.#last !== '') {
        event.preventDefault();
        this.setDraft(this.#last);
      }
    });
    this.#input.addEventListener('input', (event) => {
      this.#changed();
      const typed = event instanceof InputEvent ? event.data : null;
      if (typed === '@' && beginsWord(this.#input)) this.#host.post({ type: 'mention' });
    });
  }
}

/** Whether the sign before the caret stands at the beginning of a word, so that an e-mail address opens no list. */
const beginsWord = (input: HTMLTextAreaElement): boolean =>
  /(?:^|\s)@$/.test(input.value.slice(0, input.selectionStart));
