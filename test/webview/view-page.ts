import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { FromView, ToView, Words } from '../../src/core/chat/protocol.ts';
import { CHAT_STYLES, chatHtml } from '../../src/editor/chat-html.ts';
import { type Theme, themes } from './themes.ts';

const root = join(import.meta.dirname, '../..');
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** The chat view as it is built, in a real browser under its real policy. */
export interface ViewPage {
  readonly page: Page;
  send(...messages: readonly ToView[]): Promise<void>;
  /** What the view told the extension so far. */
  posted(): Promise<readonly FromView[]>;
  /** What the page did beside showing text: requests after it stood, refusals of its policy, navigations, windows. */
  deeds(): readonly string[];
  theme(theme: Theme): Promise<void>;
}

export interface ViewBrowser {
  open(): Promise<ViewPage>;
  close(): Promise<void>;
}

/** Chromium as Debian installs it, or as the environment names it; undefined where there is none. */
export async function openBrowser(): Promise<ViewBrowser | undefined> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  let browser: Browser;
  try {
    browser = await chromium.launch({
      executablePath,
      args: [...QUIET, '--disable-component-update', '--disable-sync'],
    });
  } catch (error) {
    if (process.env.CHROMIUM !== undefined) throw error;
    return undefined;
  }
  const site = await serve();
  return {
    open: () => openPage(browser, site.origin),
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

const NONCE = 'n0nce';

async function serve(): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const bundle = await esbuild.build({
    entryPoints: [join(root, 'src/webview/main.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const codicons = join(root, 'node_modules/@vscode/codicons/dist');
  const files: Readonly<Record<string, [type: string, content: string | Buffer]>> = {
    '/webview.js': ['text/javascript', bundle.outputFiles[0]?.text ?? ''],
    '/codicon.css': ['text/css', await readFile(join(codicons, 'codicon.css'))],
    '/codicon.ttf': ['font/ttf', await readFile(join(codicons, 'codicon.ttf'))],
    '/editor.css': ['text/css', EDITOR_STYLES],
    ...Object.fromEntries(
      await Promise.all(
        CHAT_STYLES.map(async (name) => [`/${name}`, ['text/css', await readFile(join(root, 'media', name))]]),
      ),
    ),
  };
  let origin = '';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', origin).pathname;
    const file = files[path];
    response.setHeader('content-type', path === '/' ? 'text/html' : (file?.[0] ?? 'text/plain'));
    response.statusCode = path === '/' || file ? 200 : 404;
    response.end(path === '/' ? html(origin) : file?.[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** What VS Code puts before the styles of every view. */
const EDITOR_STYLES = `@layer vscode-default {
  body { margin: 0; padding: 0 20px; }
  code {
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px;
    border-radius: 4px;
  }
  pre code { padding: 0; }
  blockquote { background: var(--vscode-textBlockQuote-background); }
  textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
}`;

const html = (origin: string): string =>
  chatHtml({
    source: origin,
    nonce: NONCE,
    script: `${origin}/webview.js`,
    styles: ['editor.css', 'codicon.css', ...CHAT_STYLES].map((name) => `${origin}/${name}`),
    language: 'en',
  });

async function openPage(browser: Browser, origin: string): Promise<ViewPage> {
  const page = await (await browser.newContext({ viewport: { width: 400, height: 900 } })).newPage();
  const deeds: string[] = [];
  let stands = false;
  page.on('request', (request) => {
    if (stands) deeds.push(`request ${request.url()}`);
  });
  page.on('framenavigated', (frame) => {
    if (stands) deeds.push(`navigation ${frame.url()}`);
  });
  page.on('popup', () => deeds.push('popup'));
  page.on('dialog', (dialog) => deeds.push(`dialog ${dialog.message()}`));
  page.on('pageerror', (error) => deeds.push(`error ${error.message}`));
  await page.exposeFunction('__deed', (deed: string) => deeds.push(deed));
  await page.addInitScript(actAsEditor);
  await page.goto(origin);
  const view: ViewPage = {
    page,
    send: (...messages) =>
      page.evaluate((all) => {
        for (const one of all) window.postMessage(one, location.origin);
        return new Promise((resolve) => setTimeout(resolve));
      }, messages),
    posted: () => page.evaluate('window.__posted'),
    deeds: () => deeds,
    theme: (theme) => page.evaluate(setTheme, { variables: themes[theme], theme }),
  };
  await view.send({ type: 'begin', words: WORDS });
  await page.evaluate('document.fonts.ready');
  stands = true;
  return view;
}

/** Runs in the page before its script: what the editor gives to a view, and a witness of refusals by the page's policy. */
function actAsEditor(): void {
  const posted: unknown[] = [];
  let state: unknown;
  Object.assign(window, {
    __posted: posted,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => posted.push(message),
      getState: () => state,
      setState: (next: unknown) => {
        state = next;
      },
    }),
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    const { __deed } = window as unknown as { __deed(deed: string): void };
    __deed(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

function setTheme(to: { readonly variables: Readonly<Record<string, string>>; readonly theme: string }): void {
  const { style } = document.documentElement;
  for (const name of [...style]) style.removeProperty(name);
  for (const [name, value] of Object.entries(to.variables)) style.setProperty(`--vscode-${name}`, value);
  style.setProperty('--vscode-font-family', '"DejaVu Sans", sans-serif');
  style.setProperty('--vscode-font-size', '13px');
  style.setProperty('--vscode-editor-font-family', '"DejaVu Sans Mono", monospace');
  style.setProperty('--vscode-editor-font-size', '13px');
  document.body.className = `vscode-${to.theme}`;
  document.body.style.backgroundColor = to.variables['sideBar-background'] ?? '';
}

export const WORDS: Words = {
  you: 'You',
  transcript: 'Conversation',
  ask: 'Ask Postern',
  placeholder: 'Ask, or type @ to attach a file',
  send: 'Send (Enter)',
  stop: 'Stop',
  attach: 'Attach a file (@)',
  attachments: 'What goes with the question',
  remove: 'Remove',
  pickModel: 'Model',
  why: 'why this?',
  apply: 'Apply',
  insert: 'Insert',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Retry',
  good: 'Good answer',
  bad: 'Bad answer',
  toEnd: 'Go to the end',
  openPlace: 'Open',
  openLink: 'Open link',
  codeBlock: 'Code',
  answerDone: 'Answer complete.',
  examples: 'Ask about this repository',
  done: 'Done',
  open: 'Open',
};
