/** What a person does in the workbench, with the selectors and waits that hold in VS Code 1.139. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';

const SCREENSHOTS = fileURLToPath(new URL('../../../test-output/screenshots/', import.meta.url));

/** Built-in themes by what they are for. */
const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;
export type ThemeKind = keyof typeof THEMES;

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget:visible input.input');
const quickRow = (page: Page, text: string): Locator =>
  page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: text }).first();

/** The text area of the active editor; a click puts the caret there. */
export const editorText = (page: Page): Locator =>
  page.locator('.editor-group-container.active .monaco-editor .view-lines').first();

/** Runs a command by its title, such as `Postern: Show What Was Sent`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).fill(`>${title}`);
  await quickRow(page, title).click();
}

/** Picks a row of the quick pick that is open. */
export const pick = (page: Page, text: string): Promise<void> => quickRow(page, text).click();

/** Answers the input box that is open. */
export async function answerInput(page: Page, text: string): Promise<void> {
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Opens a file of the workspace by its path and puts the caret into it. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  await page.keyboard.press('Control+P');
  await quickInput(page).fill(path);
  await quickRow(page, name).click();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await editorText(page).click();
}

/** Puts the caret at a place of the active editor; both counted from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  await quickInput(page).fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden' });
  await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** Types at the caret, at the pace of a quick typist. */
export const typeText = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: 20 });

/** Saves the active editor, which must have changed. */
export async function save(page: Page): Promise<void> {
  await page.locator('.tab.active.dirty').waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
}

/**
 * Waits for ghost text at the caret and returns it. `last` is the character typed last: the first request is sometimes
 * lost while the language server starts (1 of 9 runs), so it is typed again, twice at most.
 */
export async function ghostText(page: Page, last: string, timeoutMs = 5000): Promise<string> {
  const inline = ghostTextSpans(page);
  for (let attempt = 0; attempt < 3; attempt++) {
    if (attempt > 0) {
      await page.keyboard.press('Backspace');
      await page.keyboard.type(last);
    }
    if (!(await appears(inline.first(), timeoutMs))) continue;
    const further = await page.locator('.monaco-editor .suggest-preview-text .view-line').allTextContents();
    return [(await inline.allTextContents()).join(''), ...further].join('\n').replaceAll('\u00a0', ' ');
  }
  throw new Error('no ghost text');
}

/** The spans of the first line of ghost text, one a token; to assert that there is none. */
export const ghostTextSpans = (page: Page): Locator =>
  page.locator('.monaco-editor .ghost-text-decoration, .monaco-editor .ghost-text-decoration-preview');

/** Runs a code action at the caret. The menu closes by itself when fresh diagnostics arrive, so it is opened again. */
export async function codeAction(page: Page, title: string): Promise<void> {
  const item = page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
  for (let attempt = 0; attempt < 5; attempt++) {
    await page.keyboard.press('Control+Period');
    if (await clicked(item, 8000)) return;
    await page.keyboard.press('Escape');
  }
  throw new Error(`no code action ${title}`);
}

/**
 * Titles in the code action menu at the caret, in their order, headings left out, with a picture of the menu. Opened
 * again while it stays away.
 */
export async function codeActionTitles(page: Page, picture: string): Promise<string[]> {
  const rows = page.locator('.action-widget .monaco-list-row.action');
  for (let attempt = 0; attempt < 4; attempt++) {
    await page.keyboard.press('Control+Period');
    if (!(await appears(rows.first(), 6000))) continue;
    const titles = await rows.allTextContents();
    await screenshot(page, picture);
    await page.keyboard.press('Escape');
    return titles.map((title) => title.trim());
  }
  throw new Error('no code actions');
}

/** The toast with a text; buttons are inside its `.notification-toast`. */
export const notification = (page: Page, text: string): Locator =>
  page.locator('.notification-toast').filter({ hasText: text }).first();

/** The status bar item of Postern; shown as soon as the extension is active. */
export const statusItem = (page: Page): Locator => page.locator('.statusbar-item[id^="postern.postern."]').first();

/** Sets the colour theme by what it is for, and waits until it is on. */
export async function setTheme(page: Page, kind: ThemeKind): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await quickInput(page).fill(THEMES[kind].replace(/^Default /, ''));
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench.${THEME_CLASSES[kind]}`).waitFor();
}

const THEME_CLASSES: Record<ThemeKind, string> = {
  light: 'vs',
  dark: 'vs-dark',
  'high-contrast': 'hc-black',
  'high-contrast-light': 'hc-light',
};

/** Writes test-output/screenshots/NAME.png and returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

const appears = (locator: Locator, timeout: number): Promise<boolean> =>
  locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );

const clicked = (locator: Locator, timeout: number): Promise<boolean> =>
  locator.click({ timeout }).then(
    () => true,
    () => false,
  );
