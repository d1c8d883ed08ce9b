import type { Block, Chip, Notice, TurnView } from '../core/chat/protocol.ts';
import { blockElement, growCode } from './blocks.ts';
import { button, element, fill, icon } from './dom.ts';
import type { Host } from './host.ts';

/** One question and its answer on the screen. */
export interface TurnElement {
  readonly root: HTMLElement;
  show(turn: TurnView): void;
  setBlocks(from: number, blocks: readonly Block[]): void;
  /** The answer without its code, for screen readers. */
  prose(): string;
}

export function createTurn(id: string, host: Host): TurnElement {
  const question = element('div', { class: 'question-text', dir: 'auto' });
  const chips = element('div', { class: 'chips' });
  const by = element('h3', { class: 'who' });
  const reasoning = element('div');
  const progress = element('div', { class: 'progress' });
  const answer = element('div', { class: 'blocks' });
  const notices = element('div', { class: 'notices' });
  const footer = element('div', { class: 'footer' });
  const root = element(
    'article',
    { class: 'turn' },
    element('section', { class: 'question' }, element('h3', { class: 'who' }, host.words.you), question, chips),
    element('section', { class: 'answer' }, by, reasoning, progress, answer, notices, footer),
  );
  let blocks: readonly Block[] = [];
  return {
    root,
    show(turn) {
      question.textContent = turn.question;
      fill(chips, JSON.stringify(turn.chips), () => turn.chips.map((chip) => chipElement(chip, { host, turn: id })));
      by.textContent = turn.by;
      by.title = turn.byDetail;
      root.classList.toggle('working', turn.working);
      showReasoning(reasoning, turn.reasoning);
      fill(progress, turn.progress, () =>
        turn.progress === '' ? [] : [icon('loading codicon-modifier-spin'), element('span', {}, turn.progress)],
      );
      fill(notices, JSON.stringify(turn.notices), () => turn.notices.map((notice) => noticeElement(notice, id, host)));
      fill(footer, JSON.stringify([turn.working, turn.rating, turn.rateable, turn.figures]), () =>
        footerOf(turn, host),
      );
    },
    setBlocks(from, changed) {
      const before = blocks;
      blocks = [...blocks.slice(0, from), ...changed];
      while (answer.childElementCount > blocks.length) answer.lastElementChild?.remove();
      for (const [offset, block] of changed.entries()) {
        const index = from + offset;
        const shown = answer.children[index];
        const old = before[index];
        if (shown instanceof HTMLElement && old && growCode(shown, old, block)) continue;
        const made = blockElement(block, id, host);
        if (shown) shown.replaceWith(made);
        else answer.append(made);
      }
    },
    prose: () =>
      [...answer.children]
        .filter((child) => !child.classList.contains('code'))
        .map((child) => child.textContent ?? '')
        .join('\n'),
  };
}

/** What is attached: a click opens the place; with `remove` it can be taken away. */
export function chipElement(
  chip: Chip,
  options: { readonly host: Host; readonly turn?: string; readonly remove?: () => void },
): HTMLElement {
  const { host, turn, remove } = options;
  const words = chip.facts === '' ? chip.label : `${chip.label} · ${chip.facts}`;
  const open = button({
    label: chip.label,
    look: 'quiet',
    title: chip.refused ?? words,
    onClick: () => host.post({ type: 'openChip', chip: chip.id, ...(turn === undefined ? {} : { turn }) }),
  });
  open.setAttribute('aria-label', chip.refused === undefined ? words : `${words}: ${chip.refused}`);
  if (chip.facts !== '') open.append(element('span', { class: 'facts' }, `· ${chip.facts}`));
  const root = element('span', { class: chip.refused === undefined ? 'chip' : 'chip refused' }, open);
  if (chip.refused !== undefined) open.prepend(icon('circle-slash'));
  if (remove) {
    root.append(button({ label: `${host.words.remove}: ${chip.label}`, icon: 'close', look: 'icon', onClick: remove }));
  }
  return root;
}

function showReasoning(target: HTMLElement, reasoning: TurnView['reasoning']): void {
  if (reasoning === undefined) {
    target.replaceChildren();
    return;
  }
  const details = target.querySelector('details') ?? element('details', { class: 'reasoning' });
  if (!details.isConnected) {
    details.append(element('summary'), element('div', { class: 'reasoning-text', dir: 'auto' }));
    target.replaceChildren(details);
  }
  const [summary, text] = details.children;
  if (summary) summary.textContent = reasoning.label;
  if (text) text.textContent = reasoning.text;
}

const NOTICE_ICONS: Readonly<Record<Notice['severity'], string>> = { info: 'info', warning: 'warning', error: 'error' };

function noticeElement(notice: Notice, turn: string, host: Host): HTMLElement {
  const actions = notice.actions.map(({ id, label }) =>
    button({ label, look: 'secondary', onClick: () => host.post({ type: 'act', turn, action: id }) }),
  );
  const text = element('div', { class: 'notice-text' }, notice.text);
  const body = element('div', { class: 'notice-body' }, text);
  if (actions.length > 0) body.append(element('div', { class: 'notice-actions' }, ...actions));
  const role = notice.severity === 'info' ? 'note' : 'alert';
  return element('div', { class: `notice ${notice.severity}`, role }, icon(NOTICE_ICONS[notice.severity]), body);
}

function footerOf(turn: TurnView, host: Host): readonly Node[] {
  if (turn.working) return [];
  const rate = (rating: 'up' | 'down', label: string): HTMLElement => {
    const chosen = turn.rating === rating;
    const made = button({
      label,
      icon: `thumbs${rating}${chosen ? '-filled' : ''}`,
      look: 'icon',
      onClick: () => host.post({ type: 'rate', turn: turn.id, rating }),
    });
    made.setAttribute('aria-pressed', String(chosen));
    return made;
  };
  const retry = button({
    label: host.words.retry,
    icon: 'refresh',
    look: 'quiet',
    title: host.words.retry,
    onClick: () => host.post({ type: 'retry', turn: turn.id }),
  });
  const rating = turn.rateable ? [rate('up', host.words.good), rate('down', host.words.bad)] : [];
  return [...rating, retry, element('span', { class: 'figures' }, turn.figures)];
}
