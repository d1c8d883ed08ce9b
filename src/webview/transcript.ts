import type { Block, TurnView } from '../core/chat/protocol.ts';
import { createAnnouncer } from './announce.ts';
import { button, element, fill } from './dom.ts';
import type { Host } from './host.ts';
import { createTurn, type TurnElement } from './turn.ts';

/** The turns of a conversation, or the start page where there are none. */
export interface Transcript {
  readonly root: HTMLElement;
  clear(examples: readonly string[], origin: string): void;
  turn(turn: TurnView): void;
  blocks(turn: string, from: number, blocks: readonly Block[]): void;
  remove(turn: string): void;
}

/** Pixels from the end within which the person counts as reading the end. */
const AT_END = 32;

export function createTranscript(host: Host, onExample: (question: string) => void): Transcript {
  const turns = new Map<string, { readonly shown: TurnElement; working: boolean }>();
  const start = element('div', { class: 'start' });
  const list = element('div', { class: 'turns' });
  const scroller = element('main', { class: 'scroller', 'aria-label': host.words.transcript }, start, list);
  const spoken = element('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  const announcer = createAnnouncer(spoken);
  const toEnd = button({
    label: host.words.toEnd,
    icon: 'arrow-down',
    look: 'icon',
    onClick: () => {
      follows = true;
      toTheEnd();
    },
  });
  toEnd.classList.add('to-end');
  // Kept as a state, because content that grows moves the end away before anybody scrolls.
  let follows = true;
  scroller.addEventListener('scroll', () => {
    follows = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= AT_END;
    toEnd.hidden = follows;
  });
  const toTheEnd = (): void => {
    if (follows) scroller.scrollTop = scroller.scrollHeight;
    toEnd.hidden = follows;
  };
  toEnd.hidden = true;
  new ResizeObserver(toTheEnd).observe(list);
  return {
    root: element('div', { class: 'transcript' }, scroller, toEnd, spoken),
    clear(examples, origin) {
      turns.clear();
      list.replaceChildren();
      spoken.replaceChildren();
      follows = true;
      fill(start, JSON.stringify([examples, origin]), () => startPage(examples, { origin, host, onExample }));
      start.hidden = false;
      toTheEnd();
    },
    turn(turn) {
      start.hidden = true;
      let known = turns.get(turn.id);
      if (!known) {
        known = { shown: createTurn(turn.id, host), working: false };
        turns.set(turn.id, known);
        list.append(known.shown.root);
        follows = true;
      }
      known.shown.show(turn);
      if (known.working && !turn.working) announcer.ended(turn.id, known.shown.prose(), host.words.answerDone);
      known.working = turn.working;
      toTheEnd();
    },
    blocks(turn, from, blocks) {
      const known = turns.get(turn);
      if (!known) return;
      known.shown.setBlocks(from, blocks);
      if (known.working) announcer.grew(turn, known.shown.prose());
      toTheEnd();
    },
    remove(turn) {
      turns.get(turn)?.shown.root.remove();
      turns.delete(turn);
    },
  };
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
