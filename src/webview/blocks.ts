import type { Block, CodeBlock, ListItem } from '../core/chat/protocol.ts';
import { button, element, icon } from './dom.ts';
import type { Host } from './host.ts';
import { inlineNodes } from './inlines.ts';

/** Builds the elements of a block by `createElement` and text nodes alone. */
export function blockElement(block: Block, turn: string, host: Host): HTMLElement {
  switch (block.kind) {
    case 'paragraph':
      return element('p', { dir: 'auto' }, ...inlineNodes(block.inlines, turn, host));
    case 'heading':
      // The view's own headings are h2 and h3; those of an answer stand below them.
      return element(headingName(block.depth), { dir: 'auto' }, ...inlineNodes(block.inlines, turn, host));
    case 'quote':
      return element('blockquote', {}, ...block.blocks.map((inner) => blockElement(inner, turn, host)));
    case 'rule':
      return element('hr');
    case 'list':
      return listElement(block, turn, host);
    case 'table':
      return tableElement(block, turn, host);
    case 'code':
      return codeElement(block, turn, host);
  }
}

/**
 * Lets a code block grow by what was added to its text, so that a selection in it stays. False when the element shows
 * something else.
 */
export function growCode(shown: HTMLElement, before: Block, after: Block): boolean {
  if (before.kind !== 'code' || after.kind !== 'code' || isDiff(after)) return false;
  const { text, ...head } = before;
  const { text: longer, ...newHead } = after;
  if (JSON.stringify(head) !== JSON.stringify(newHead) || !longer.startsWith(text)) return false;
  shown.querySelector('code')?.append(longer.slice(text.length));
  return true;
}

const headingName = (depth: number): 'h4' | 'h5' | 'h6' => (depth <= 1 ? 'h4' : depth === 2 ? 'h5' : 'h6');

function listElement(list: Block & { kind: 'list' }, turn: string, host: Host): HTMLElement {
  const items = list.items.map((item) => itemElement(item, turn, host));
  return list.ordered ? element('ol', { start: `${list.start}` }, ...items) : element('ul', {}, ...items);
}

function itemElement(item: ListItem, turn: string, host: Host): HTMLElement {
  const blocks = item.blocks.map((block) => blockElement(block, turn, host));
  if (item.checked === undefined) return element('li', {}, ...blocks);
  const mark = element(
    'span',
    { class: 'task', role: 'img', 'aria-label': item.checked ? host.words.done : host.words.open },
    icon(item.checked ? 'check' : 'circle-large-outline'),
  );
  return element('li', { class: 'task-item' }, mark, element('div', {}, ...blocks));
}

function tableElement(table: Block & { kind: 'table' }, turn: string, host: Host): HTMLElement {
  const cell = (name: 'th' | 'td', inlines: (typeof table.header)[number], column: number): HTMLElement =>
    element(
      name,
      { class: `align-${table.alignments[column] ?? 'left'}`, dir: 'auto', ...(name === 'th' ? { scope: 'col' } : {}) },
      ...inlineNodes(inlines, turn, host),
    );
  const head = element('tr', {}, ...table.header.map((inlines, column) => cell('th', inlines, column)));
  const rows = table.rows.map((row) => element('tr', {}, ...row.map((inlines, column) => cell('td', inlines, column))));
  return element(
    'div',
    { class: 'table' },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

function codeElement(block: CodeBlock, turn: string, host: Host): HTMLElement {
  const { words } = host;
  const name = block.path ?? block.language;
  const act = (action: 'apply' | 'insert' | 'copy', label: string, glyph: string): HTMLButtonElement => {
    const made = button({
      label,
      icon: glyph,
      look: 'quiet',
      title: label,
      onClick: () => {
        host.post({ type: 'code', action, turn, number: block.number });
        if (action === 'copy') confirmCopy(made, host);
      },
    });
    made.setAttribute('aria-label', name === '' ? label : `${label}: ${name}`);
    return made;
  };
  const bar = element(
    'figcaption',
    { class: 'code-bar' },
    element('span', { class: 'code-name', title: name }, name),
    element(
      'span',
      { class: 'code-actions' },
      act('apply', words.apply, 'git-compare'),
      act('insert', words.insert, 'insert'),
      act('copy', words.copy, 'copy'),
    ),
  );
  const code = isDiff(block) ? diffElement(block.text) : element('code', {}, block.text);
  const label = name === '' ? words.codeBlock : `${words.codeBlock}: ${name}`;
  return element(
    'figure',
    { class: 'code', 'aria-label': label },
    bar,
    element('pre', { dir: 'ltr', tabindex: '0' }, code),
  );
}

const isDiff = (block: CodeBlock): boolean => block.language === 'diff' || block.language === 'patch';

function diffElement(text: string): HTMLElement {
  const lines = text.split('\n').map((line) => {
    const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
    return element('span', { class: `diff-line ${kind}` }, `${line}\n`);
  });
  return element('code', {}, ...lines);
}

function confirmCopy(copy: HTMLButtonElement, host: Host): void {
  const label = copy.querySelector('.label');
  const glyph = copy.querySelector('.codicon');
  if (!label || !glyph) return;
  label.textContent = host.words.copied;
  glyph.className = 'codicon codicon-check';
  setTimeout(() => {
    label.textContent = host.words.copy;
    glyph.className = 'codicon codicon-copy';
  }, 1500);
}
