import type { Block, TurnView } from '../core/chat/protocol.ts';
import { createAnnouncer } from './announce.ts';
import { button, element, fill } from './dom.ts';
import type { Host } from './host.ts';
import { createTurn, type TurnElement } from './turn.ts';

/** Pixels from the end within which the person counts as reading the end. */
const AT_END = 32;

interface ShownTurn {
  readonly shown: TurnElement;
  working: boolean;
}

/** The turns of a conversation, or the start page where there are none. */
export class Transcript {
  readonly root: HTMLElement;
  readonly #host: Host;
  readonly #onExample: (question: string) => void;
  readonly #turns = new Map<string, ShownTurn>();
  readonly #start = element('div', { class: 'start' });
  readonly #list = element('div', { class: 'turns' });
  readonly #scroller: HTMLElement;
  readonly #spoken = element('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  readonly #announcer = createAnnouncer(this.#spoken);
  readonly #toEnd: HTMLButtonElement;
  /** Kept as a state, because content that grows moves the end away before anybody scrolls. */
  #follows = true;
  #lastTop = 0;

  constructor(host: Host, onExample: (question: string) => void) {
    this.#host = host;
    this.#onExample = onExample;
    const about = { class: 'scroller', 'aria-label': host.words.transcript };
    this.#scroller = element('main', about, this.#start, this.#list);
    this.#toEnd = button({ label: host.words.toEnd, icon: 'arrow-down', look: 'icon', onClick: () => this.#goToEnd() });
    this.#toEnd.classList.add('to-end');
    this.#toEnd.hidden = true;
    this.#scroller.addEventListener('scroll', () => this.#scrolled());
    // After layout and before painting, so that growing costs no layout of its own.
    new ResizeObserver(() => this.#keepEnd()).observe(this.#list);
    this.root = element('div', { class: 'transcript' }, this.#scroller, this.#toEnd, this.#spoken);
  }

  /** Empties the transcript and shows the start page. */
  clear(examples: readonly string[], origin: string): void {
    this.#turns.clear();
    this.#list.replaceChildren();
    this.#spoken.replaceChildren();
    const options = { origin, host: this.#host, onExample: this.#onExample };
    fill(this.#start, JSON.stringify([examples, origin]), () => startPage(examples, options));
    this.#start.hidden = false;
    this.#goToEnd();
  }

  turn(turn: TurnView): void {
    this.#start.hidden = true;
    const known = this.#turns.get(turn.id) ?? this.#added(turn.id);
    known.shown.show(turn);
    if (known.working && !turn.working)
      this.#announcer.ended(turn.id, known.shown.prose(), this.#host.words.answerDone);
    known.working = turn.working;
  }

  blocks(turn: string, from: number, blocks: readonly Block[]): void {
    const known = this.#turns.get(turn);
    if (!known) return;
    known.shown.setBlocks(from, blocks);
    if (known.working) this.#announcer.grew(turn, known.shown.prose());
  }

  #added(id: string): ShownTurn {
    const turn = { shown: createTurn(id, this.#host), working: false };
    this.#turns.set(id, turn);
    this.#list.append(turn.shown.root);
    this.#follows = true;
    return turn;
  }

  /** Only a movement upwards leaves the end: the event of an own jump may come when the content has grown further. */
  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    if (scrollHeight - scrollTop - clientHeight <= AT_END) this.#follows = true;
    else if (scrollTop < this.#lastTop) this.#follows = false;
    this.#lastTop = scrollTop;
    this.#toEnd.hidden = this.#follows;
  }

  #goToEnd(): void {
    this.#follows = true;
    this.#keepEnd();
  }

  #keepEnd(): void {
    if (this.#follows) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#toEnd.hidden = this.#follows;
  }
}

function startPage(
  examples: readonly string[],
  options: { readonly origin: string; readonly host: Host; readonly onExample: (question: string) => void },
): readonly Node[] {
  const rows = examples.map((example) =>
    button({ label: example, icon: 'comment', look: 'quiet', onClick: () => options.onExample(example) }),
  );
  return [
    element('h2', {}, options.host.words.examples),
    element('div', { class: 'examples' }, ...rows),
    element('p', { class: 'origin' }, options.origin),
  ];
}
