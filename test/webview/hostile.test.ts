import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToView } from '../../src/core/chat/protocol.ts';
import { hostileCases } from './hostile-cases.ts';
import { turnScript } from './turns.ts';
import { openBrowser, type ViewBrowser, type ViewPage } from './view-page.ts';

const browser: ViewBrowser | undefined = await openBrowser();
afterAll(() => browser?.close());

/** More texts of the same kind lie beside the repository on some machines. */
const moreCases = join(import.meta.dirname, '../../../shared/redaction/render-exfil.json');
const cases: readonly [name: string, text: string][] = [
  ...hostileCases,
  ...(existsSync(moreCases)
    ? (JSON.parse(readFileSync(moreCases, 'utf8')) as { id: string; attempt: string }[]).map(
        ({ id, attempt }): [string, string] => [id, attempt],
      )
    : []),
];

const MARK = '␞';
/** The text in every place of the view that can show a foreign text, beside the answer. */
function elsewhere(text: string, id: string): readonly ToView[] {
  const chip = { id: 'x', label: text, facts: text, refused: text };
  return [
    { type: 'composer', chips: [chip], model: text, modelDetail: text, busy: false },
    {
      type: 'turn',
      turn: {
        id: `${id}-around`,
        question: text,
        chips: [chip],
        by: text,
        byDetail: text,
        working: false,
        progress: text,
        reasoning: { label: text, text },
        notices: [{ severity: 'error', text, actions: [{ id: 'x', label: text }] }],
        figures: text,
        rateable: true,
      },
    },
  ];
}

const whole = (text: string, id: string): readonly ToView[] => {
  const script = turnScript(id, text);
  return [
    ...script.event({ type: 'text', text }),
    ...script.event({ type: 'end', reason: 'stop' }),
    ...elsewhere(text, id),
  ];
};

const streamed = (text: string, id: string): readonly ToView[] => {
  const script = turnScript(id, text);
  const chunks = text.includes(MARK) ? text.split(MARK) : (text.match(/[\s\S]{1,7}/g) ?? []);
  return [
    ...chunks.flatMap((chunk) => script.event({ type: 'text', text: chunk })),
    ...script.event({ type: 'reasoning', text: text.replaceAll(MARK, '') }),
    ...elsewhere(text, id),
  ];
};

/** What a page shows that no page of the view may have, after each of some lists of messages; then everything is clicked. Runs in the page. */
async function foreignParts(lists: readonly (readonly ToView[])[]): Promise<readonly (readonly string[])[]> {
  const tags =
    /^(?:ARTICLE|BDI|BLOCKQUOTE|BR|BUTTON|CODE|DETAILS|DIV|EM|FIGCAPTION|FIGURE|H[2-6]|HR|LI|MAIN|OL|PRE|P|SECTION|SPAN|STRONG|SUMMARY|S|TABLE|TBODY|TD|TEXTAREA|THEAD|TH|TR|UL)$/;
  const attributes =
    /^(?:class|title|role|type|rows|start|scope|dir|tabindex|placeholder|hidden|disabled|open|data-shows|aria-[a-z]+)$/;
  const invisible = /[\p{Cc}\p{Bidi_Control}\u200b\u2060\u{e0000}-\u{e007f}]/u;
  const found: (readonly string[])[] = [];
  for (const list of lists) {
    for (const message of list) window.postMessage(message, location.origin);
    await new Promise((resolve) => setTimeout(resolve));
    const elements = [...document.body.querySelectorAll('*')];
    const names = elements.flatMap((element) => element.getAttributeNames()).filter((name) => !attributes.test(name));
    const foreign = elements.map(({ tagName }) => tagName).filter((tag) => !tags.test(tag));
    const answer = document.querySelector('.blocks')?.textContent?.replaceAll(/[\t\n]/g, '') ?? '';
    const ran = '__pwned' in window ? ['script ran'] : [];
    found.push([
      ...foreign,
      ...names,
      ...ran,
      ...(answer === '' || invisible.test(answer) ? [`answer: ${answer}`] : []),
    ]);
    const clickable = document.querySelectorAll<HTMLElement>('.blocks button, .chips button, summary');
    for (const one of clickable) one.click();
  }
  return found;
}

describe.skipIf(!browser).each([
  ['from history', whole],
  ['while streaming', streamed],
] as const)('hostile answers, %s', (_way, messages) => {
  let view: ViewPage;
  let foreign = new Map<string, readonly string[]>();

  beforeAll(async () => {
    if (!browser) return;
    view = await browser.open();
    const lists = cases.map(([name, text]) => [
      { type: 'clear', examples: [text], origin: text } as const,
      ...messages(text, name),
    ]);
    const found = await view.page.evaluate(foreignParts, lists);
    foreign = new Map(cases.map(([name], index) => [name, found[index] ?? ['not shown']]));
  }, 60_000);

  it.each(cases)('%s', (name) => {
    expect(foreign.get(name)).toEqual([]);
  });

  it('make no request and open nothing, also when everything is clicked', async () => {
    await view.page.waitForTimeout(300);
    expect(view.deeds()).toEqual([]);
    const posted = await view.posted();
    const opened = posted.flatMap((message) => (message.type === 'openLink' ? [message.href] : []));
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter((href) => !/^https?:\/\/[^@/]+\//.test(href))).toEqual([]);
    expect(posted.some((message) => message.type === 'ask')).toBe(false);
  });
});

it('builds no markup from text anywhere in the view', () => {
  const folder = join(import.meta.dirname, '../../src/webview');
  const markup =
    /innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write|createContextualFragment|srcdoc|\beval\b|new Function|\.href\s*=|\.src\s*=/;
  const found = readdirSync(folder).flatMap((name) => markup.exec(readFileSync(join(folder, name), 'utf8'))?.[0] ?? []);
  expect(readdirSync(folder).length).toBeGreaterThan(5);
  expect(found).toEqual([]);
});
