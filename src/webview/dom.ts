type Child = Node | string;

/**
 * A new element. Attribute names stand in the source code of the view; text of answers only ever becomes text nodes or
 * the value of a label, never markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Partial<Record<SafeAttribute, string>>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value = ''] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** No attribute here loads, runs or navigates. */
type SafeAttribute =
  | 'class'
  | 'title'
  | 'role'
  | 'type'
  | 'rows'
  | 'start'
  | 'scope'
  | 'dir'
  | 'tabindex'
  | 'placeholder'
  | 'spellcheck'
  | `aria-${string}`;

/** A glyph of the icon font, silent for screen readers. */
export const icon = (name: string): HTMLElement =>
  element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });

interface ButtonOptions {
  readonly label: string;
  readonly icon?: string;
  /** `icon`: glyph only. `link`: like running text. `quiet`: glyph and words without a frame. */
  readonly look: 'icon' | 'link' | 'quiet' | 'secondary';
  readonly title?: string;
  readonly onClick: () => void;
}

export function button(options: ButtonOptions): HTMLButtonElement {
  const { label, look, title } = options;
  const made = element('button', {
    type: 'button',
    class: `button ${look}`,
    title: title ?? (look === 'icon' ? label : ''),
  });
  if (look === 'icon') made.setAttribute('aria-label', label);
  if (!made.title) made.removeAttribute('title');
  if (options.icon !== undefined) made.append(icon(options.icon));
  if (look !== 'icon') made.append(element('span', { class: 'label' }, label));
  made.addEventListener('click', options.onClick);
  return made;
}

/** Replaces what an element holds, but leaves it alone when nothing would change, so that focus and selection stay. */
export function fill(target: HTMLElement, key: string, children: () => readonly Child[]): void {
  if (target.dataset.shows === key) return;
  target.dataset.shows = key;
  target.replaceChildren(...children());
}
