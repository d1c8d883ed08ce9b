import type { Inline } from '../core/chat/protocol.ts';
import { button, element } from './dom.ts';
import type { Host } from './host.ts';

/** Longest address shown in full; of a longer one the beginning is shown, which holds its host. */
const ADDRESS_MAX = 80;

export const inlineNodes = (inlines: readonly Inline[], turn: string, host: Host): readonly Node[] =>
  inlines.map((inline) => inlineNode(inline, turn, host));

function inlineNode(inline: Inline, turn: string, host: Host): Node {
  switch (inline.kind) {
    case 'text':
      return document.createTextNode(inline.text);
    case 'code':
      return element('code', { dir: 'ltr' }, inline.text);
    case 'strong':
      return element('strong', {}, ...inlineNodes(inline.inlines, turn, host));
    case 'emphasis':
      return element('em', {}, ...inlineNodes(inline.inlines, turn, host));
    case 'struck':
      return element('s', {}, ...inlineNodes(inline.inlines, turn, host));
    case 'break':
      return element('br');
    case 'citation':
      return citationNode(inline, turn, host);
    case 'link':
      return linkNode(inline, host);
  }
}

function citationNode(citation: Inline & { kind: 'citation' }, turn: string, host: Host): Node {
  const { path, first, last } = citation;
  const lines = first === last ? `${first}` : `${first}-${last}`;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const made = button({
    label: `${name}:${lines}`,
    look: 'link',
    title: `${path}:${lines}`,
    onClick: () => host.post({ type: 'openPlace', turn, path, first, last }),
  });
  made.classList.add('citation');
  made.setAttribute('aria-label', `${host.words.openPlace}: ${path}:${lines}`);
  return made;
}

/** A button and not an anchor: nothing may prefetch or follow it; the extension opens it after the editor asked. */
function linkNode(link: Inline & { kind: 'link' }, host: Host): Node {
  const { text, href } = link;
  const open = button({
    label: text.trim() || href,
    look: 'link',
    title: href,
    onClick: () => host.post({ type: 'openLink', href }),
  });
  open.setAttribute('aria-label', `${host.words.openLink}: ${text} (${href})`);
  if (sameAddress(text, href)) return open;
  const shown = href.length > ADDRESS_MAX ? `${href.slice(0, ADDRESS_MAX)}…` : href;
  return element('span', { class: 'link' }, open, element('bdi', { class: 'address', dir: 'ltr' }, ` (${shown})`));
}

const sameAddress = (text: string, href: string): boolean =>
  [href, href.replace(/\/$/, ''), href.replace(/^https?:\/\//, ''), href.replace(/^https?:\/\/|\/$/g, '')].includes(
    text,
  );
