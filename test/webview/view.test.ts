import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FromView, ToView } from '../../src/core/chat/protocol.ts';
import { turnScript } from './turns.ts';
import { openBrowser, type ViewBrowser, type ViewPage, WORDS } from './view-page.ts';

const browser: ViewBrowser | undefined = await openBrowser();
afterAll(() => browser?.close());

const composer = (busy: boolean): ToView => ({ type: 'composer', chips: [], model: 'm', modelDetail: '', busy });
const text = (piece: string) => ({ type: 'text', text: piece }) as const;

describe.skipIf(!browser)('chat view', () => {
  let view: ViewPage;
  beforeAll(async () => {
    if (browser) view = await browser.open();
  }, 60_000);
  beforeEach(async () => {
    // As after every time that the view was hidden: it begins anew.
    await view.send({ type: 'begin', words: WORDS }, { type: 'draft', text: '' });
    await view.send({ type: 'clear', examples: ['What is this?'], origin: 'From here.' }, composer(false));
    await view.page.evaluate('window.__posted.length = 0');
  });
  const said = async (): Promise<readonly FromView[]> => (await view.posted()).filter(({ type }) => type !== 'ready');
  const input = () => view.page.getByRole('textbox', { name: 'Ask Postern' });

  it('sends with Enter, breaks the line with Shift+Enter, and recalls the question with Up', async () => {
    await input().click();
    await view.page.keyboard.type('one');
    await view.page.keyboard.press('Shift+Enter');
    await view.page.keyboard.type('two');
    await view.page.keyboard.press('Enter');
    expect(await said()).toEqual([{ type: 'ask', text: 'one\ntwo' }]);
    expect(await input().inputValue()).toBe('');
    await view.page.keyboard.press('ArrowUp');
    expect(await input().inputValue()).toBe('one\ntwo');
  });

  it('keeps what is typed while an answer comes, and stops with Escape', async () => {
    const stop = view.page.getByRole('button', { name: 'Stop' });
    expect(await stop.isVisible()).toBe(false);
    await view.send(composer(true));
    expect(await stop.isVisible()).toBe(true);
    await input().click();
    await view.page.keyboard.type('next');
    await view.page.keyboard.press('Enter');
    expect(await input().inputValue()).toBe('next');
    await view.page.keyboard.press('Escape');
    expect(await said()).toEqual([{ type: 'stop' }]);
  });

  it('opens the list of files at @ where a word begins, and takes the sign away afterwards', async () => {
    await input().click();
    await view.page.keyboard.type('mail a@b see @');
    expect(await said()).toEqual([{ type: 'mention' }]);
    await view.send({ type: 'mentioned' });
    expect(await input().inputValue()).toBe('mail a@b see ');
  });

  it('asks an example', async () => {
    await view.page.getByRole('button', { name: 'What is this?' }).click();
    expect(await said()).toEqual([{ type: 'ask', text: 'What is this?' }]);
  });

  it('names a code block by its number and never sends code', async () => {
    const script = turnScript('t', 'q');
    await view.send(...script.event(text('```ts src/a.ts\nx\n```\n- b\n\n  ```\n  y\n  ```\n[src/a.ts:3-4]')));
    await view.page.getByRole('button', { name: 'Apply: src/a.ts' }).click();
    await view.page.getByRole('button', { name: 'Insert' }).last().click();
    await view.page.getByRole('button', { name: 'Open: src/a.ts:3-4' }).click();
    expect(await said()).toEqual([
      { type: 'code', action: 'apply', turn: 't', number: 0 },
      { type: 'code', action: 'insert', turn: 't', number: 1 },
      { type: 'openPlace', turn: 't', path: 'src/a.ts', first: 3, last: 4 },
    ]);
  });

  it('lets a code block grow without losing the selection in it', async () => {
    const script = turnScript('t', 'q');
    await view.send(...script.event(text('```ts\nconst first = 1;\n')));
    await view.page.evaluate(() =>
      getSelection()?.selectAllChildren(document.querySelector('pre code') ?? document.body),
    );
    await view.send(...script.event(text('const second = 2;\nlet')));
    expect(await view.page.evaluate(() => getSelection()?.toString())).toContain('const first = 1;');
    expect(await view.page.locator('pre code').textContent()).toBe('const first = 1;\nconst second = 2;\nlet');
  });

  it('follows the end only while the person is there', async () => {
    const script = turnScript('t', 'q');
    const lines = (count: number) => text('line\n\n'.repeat(count));
    const top = () => view.page.evaluate(() => Math.round(document.querySelector('.scroller')?.scrollTop ?? -1));
    const away = () =>
      view.page.evaluate(() => {
        const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = document.querySelector('.scroller') ?? {};
        return scrollHeight - scrollTop - clientHeight;
      });
    for (let step = 0; step < 20; step++) await view.send(...script.event(lines(10)));
    await expect.poll(away).toBeLessThan(2);
    await view.page.mouse.move(200, 300);
    await view.page.mouse.wheel(0, -500);
    await expect.poll(away).toBeGreaterThan(400);
    const before = await top();
    await view.send(...script.event(lines(20)));
    await view.page.waitForTimeout(100);
    expect(await top()).toBe(before);
    await view.page.getByRole('button', { name: 'Go to the end' }).click();
    await expect.poll(away).toBeLessThan(2);
  });

  it('reads whole sentences to a screen reader, and the rest at the end', async () => {
    const script = turnScript('t', 'q');
    const spoken = () => view.page.locator('[aria-live=polite] p').allTextContents();
    await view.send(...script.event(text('The first. The sec')));
    expect(await spoken()).toEqual(['The first.']);
    await view.send(...script.event(text('ond. And\n\n```\ncode\n```')));
    expect(await spoken()).toEqual(['The first.', 'The second.']);
    await view.send(...script.event({ type: 'end', reason: 'stop' }));
    expect(await spoken()).toEqual(['The first.', 'The second.', 'And', 'Answer complete.']);
  });

  it('gives every control a name', async () => {
    const script = turnScript('t', 'q');
    await view.send(
      {
        type: 'composer',
        chips: [{ id: 'c', label: 'a.ts', facts: 'internal' }],
        model: 'm',
        modelDetail: '',
        busy: false,
      },
      ...script.event(text('[x](https://a.example/) [a.ts:1]\n\n```\ncode\n```')),
      ...script.event({ type: 'error', error: { kind: 'server', endpointId: 'e', detail: 'd' } }),
    );
    const nameless = await view.page.evaluate(() =>
      [...document.querySelectorAll('button, textarea, summary')]
        .filter((control) => (control.getAttribute('aria-label') ?? control.textContent ?? '').trim() === '')
        .map((control) => control.outerHTML),
    );
    expect(nameless).toEqual([]);
  });

  it('takes messages from its own frame only', async () => {
    await view.page.evaluate(() => {
      const message = { type: 'draft', text: 'forged' };
      window.dispatchEvent(new MessageEvent('message', { data: message, origin: 'https://evil.example' }));
    });
    expect(await input().inputValue()).toBe('');
  });
});
