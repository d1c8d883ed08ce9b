import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startVllmServer, type VllmServer } from '../servers/vllm-server.ts';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import {
  answerInput,
  codeAction,
  codeActionTitles,
  goTo,
  openFile,
  runCommand,
  save,
  screenshot,
  setTheme,
  statusItem,
  type ThemeKind,
} from './harness/workbench.ts';
import { planted } from './planted.ts';
import { type TrialPolicy, writeTrialPolicy } from './trial-policy.ts';

let server: VllmServer;
let policy: TrialPolicy;
let repository: FixtureRepository;
let editor: EditorSession;
let answer = '';

const CART = `const owner = '${planted.cpf}';

export function totalOf(prices: readonly number[]): number {
  let total = 0;
  for (const price of prices) total += price;
  return total;
}
`;
const REDUCED = `export function totalOf(prices: readonly number[]): number {
  return prices.reduce((sum, price) => sum + price, 0);
}`;

beforeAll(async () => {
  server = await startVllmServer({ answer: () => ({ text: `\`\`\`ts\n${answer}\n\`\`\`` }) });
  policy = writeTrialPolicy({ vllm: server.url });
  repository = copyFixtureRepository({ files: { 'src/cart.ts': CART } });
  editor = await launchEditor({ workspace: repository.folder, settings: policy.settings });
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
  await openFile(editor.page, 'src/cart.ts');
});
afterAll(async () => {
  await editor?.close();
  await server?.close();
  policy?.remove();
  repository?.remove();
});
beforeEach(() => {
  answer = REDUCED;
});

/** A lens of the review, such as `Accept`. */
const lens = (title: string) => editor.page.locator('.codelens-decoration', { hasText: title }).first();
const onDisk = () => readFileSync(join(repository.folder, 'src/cart.ts'), 'utf8');

const isServers = (title: string): boolean => title.startsWith('Convert parameters');

async function selectFunction(): Promise<void> {
  await goTo(editor.page, 3, 1);
  for (let line = 0; line < 5; line++) await editor.page.keyboard.press('Shift+ArrowDown');
}

test('the actions come after the language server’s own of the same kind', async () => {
  let titles: readonly string[] = [];
  // The language server of a fresh window has no actions yet.
  for (let attempt = 0; attempt < 8 && !titles.some(isServers); attempt++) {
    await editor.page.waitForTimeout(attempt * 1000);
    await selectFunction();
    titles = await codeActionTitles(editor.page, 'code-actions');
  }
  const place = (title: string) => titles.findIndex((found) => found.startsWith(title));
  expect(place('Convert parameters')).toBeGreaterThanOrEqual(0);
  expect(place('Postern: Rewrite')).toBeGreaterThan(place('Convert parameters'));
});

test('a rewrite changes the file, and one undo brings it back', async () => {
  await selectFunction();
  await codeAction(editor.page, 'Postern: Rewrite');
  await answerInput(editor.page, 'Use reduce');
  await editor.page.locator('.tab.active.dirty[data-resource-name="cart.ts"]').waitFor({ timeout: 30_000 });
  await lens('Accept').waitFor();
  await screenshot(editor.page, 'refactor');
  await save(editor.page);
  expect(onDisk()).toContain('prices.reduce');
  for (const value of Object.values(planted)) expect(server.received()).not.toContain(value);
  await editor.page.keyboard.press('Control+Z');
  await save(editor.page);
  expect(onDisk()).toBe(CART);
  await lens('Accept').waitFor({ state: 'detached' });
});

test.each<ThemeKind>(['dark', 'high-contrast', 'light'])('the review looks right in the %s theme', async (kind) => {
  await setTheme(editor.page, kind);
  await selectFunction();
  await runCommand(editor.page, 'Postern: Rewrite');
  await answerInput(editor.page, 'Use reduce');
  await lens('Accept').waitFor({ timeout: 30_000 });
  await screenshot(editor.page, `refactor-${kind}`);
  await runCommand(editor.page, 'Postern: Reject All Hunks');
  await lens('Accept').waitFor({ state: 'detached' });
  expect(await editor.page.locator('.monaco-editor .view-lines').first().textContent()).toContain('for');
});

test('what was sent shows the placeholder, highlighted', async () => {
  await runCommand(editor.page, 'Postern: Show What Was Sent');
  await editor.page
    .locator('.tab.active', { hasText: /refactor|llama|sent/i })
    .first()
    .waitFor();
  await screenshot(editor.page, 'sent');
});
