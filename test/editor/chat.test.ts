import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RecordedRequest } from '../servers/recording-server.ts';
import { startVllmServer, type VllmServer } from '../servers/vllm-server.ts';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import { webviewFrame } from './harness/webview.ts';
import {
  editorText,
  notification,
  openFile,
  runCommand,
  save,
  screenshot,
  setTheme,
  statusItem,
  type ThemeKind,
} from './harness/workbench.ts';
import { planted, plantedSource } from './planted.ts';
import { type TrialPolicy, writeTrialPolicy } from './trial-policy.ts';

let server: VllmServer;
let policy: TrialPolicy;
let repository: FixtureRepository;
let editor: EditorSession;
let chat: Frame;
let answer: (request: RecordedRequest) => string = () => '';

const CART = `export function totalOf(prices: readonly number[]): number {
  let total = 0;
  for (const price of prices) total += price;
  return total;
}
`;

beforeAll(async () => {
  server = await startVllmServer({ answer: (request) => ({ text: answer(request) }) });
  policy = writeTrialPolicy({ vllm: server.url });
  repository = copyFixtureRepository({
    files: { 'src/connect.ts': plantedSource, 'src/cart.ts': CART, 'secrets/keys.ts': 'export const shared = 1;\n' },
  });
  editor = await launchEditor({ workspace: repository.folder, settings: policy.settings });
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
  await openFile(editor.page, 'src/cart.ts');
  await runCommand(editor.page, 'Postern: Focus on Chat View');
  chat = await webviewFrame(editor.page, '.composer');
});
afterAll(async () => {
  await editor?.close();
  await server?.close();
  policy?.remove();
  repository?.remove();
});
beforeEach(() => {
  answer = () => '';
});

async function ask(question: string): Promise<void> {
  const turns = await chat.locator('.turn').count();
  await chat.locator('textarea').fill(question);
  await chat.locator('textarea').press('Enter');
  await chat.locator(`.turn:nth-child(${turns + 1}):not(.working)`).waitFor({ timeout: 30_000 });
}
const last = (selector: string) => chat.locator(`.turn:last-child ${selector}`);

test('an empty chat says where answers come from, and offers questions', async () => {
  await chat.getByText('Answers come from llama · on-premises').waitFor();
  expect(await chat.locator('.examples button').count()).toBe(3);
  await chat.locator('.composer .chip', { hasText: 'cart.ts' }).waitFor();
  await screenshot(editor.page, 'chat-empty');
});

test('an answer streams in, with who gave it and places that open', async () => {
  answer = () => 'It adds the **prices** up [src/cart.ts:2-3].\n\n- one loop\n- no rounding';
  await ask('What does totalOf do?');
  expect(await last('.who >> nth=1').textContent()).toBe('Postern · llama · on-premises');
  expect(await last('.blocks').textContent()).toContain('It adds the prices up');
  expect(await last('.figures').textContent()).toMatch(/\d → \d+ tokens · \d/);
  expect(server.received()).toContain('export function totalOf');
  await openFile(editor.page, 'src/v4/core/doc.ts');
  await last('.citation').click();
  await editor.page.locator('.tab.active[data-resource-name="cart.ts"]').waitFor();
});

test('secrets of the open file never reach the server, and come back in the answer', async () => {
  answer = (request) =>
    `The key is ${/REDACTED_AWSKEY[A-Z0-9]*_[0-9a-f]{8}_/.exec(JSON.stringify(request.body))?.[0] ?? 'nowhere'}.`;
  await openFile(editor.page, 'src/connect.ts');
  await chat.locator('.composer .chip', { hasText: 'connect.ts' }).waitFor();
  await ask(`Which key does ${planted.cpf} use?`);
  expect(await last('.blocks').textContent()).toContain(planted.awsKeyId);
  expect(await last('.chip').textContent()).toContain('redactions');
  for (const value of Object.values(planted)) expect(server.received()).not.toContain(value);
  await screenshot(editor.page, 'chat-restored');
});

test('an excluded file is shown as not sent, and is not', async () => {
  await openFile(editor.page, 'secrets/keys.ts');
  await chat.locator('.composer .chip.refused', { hasText: 'keys.ts' }).waitFor();
  answer = () => 'There is nothing to see.';
  await ask('What is shared?');
  expect(await last('.notice').first().textContent()).toContain('excluded');
  expect(server.received()).not.toContain('export const shared');
});

test('code is applied after its diff was seen, and one undo takes it back', async () => {
  answer = () =>
    '```ts src/cart.ts\nexport function totalOf(prices: readonly number[]): number {\n  return prices.reduce((sum, price) => sum + price, 0);\n}\n```';
  await editor.page.locator('.tab[data-resource-name="cart.ts"]').click();
  await chat.locator('.composer .chip', { hasText: 'cart.ts' }).waitFor();
  await ask('Use reduce');
  await chat.getByRole('button', { name: 'Apply: src/cart.ts' }).last().click();
  await editor.page.locator('.monaco-diff-editor').waitFor();
  await screenshot(editor.page, 'chat-apply');
  await notification(editor.page, 'Apply the proposed change').waitFor();
  await editor.page.locator('.notification-toast .monaco-button', { hasText: 'Apply' }).first().click();
  await editor.page.locator('.tab.active.dirty[data-resource-name="cart.ts"]').waitFor();
  await save(editor.page);
  expect(readFileSync(join(repository.folder, 'src/cart.ts'), 'utf8')).toContain('prices.reduce');
  await editorText(editor.page).click();
  await editor.page.keyboard.press('Control+Z');
  await save(editor.page);
  expect(readFileSync(join(repository.folder, 'src/cart.ts'), 'utf8')).toBe(CART);
});

test.each<ThemeKind>(['light', 'dark', 'high-contrast'])('looks right in the %s theme', async (kind) => {
  await setTheme(editor.page, kind);
  await screenshot(editor.page, `chat-${kind}`);
});

test('nothing went wrong in the extension host', () => {
  const complaints = editor
    .log()
    .split('\n')
    .filter((line) => /\[error\]/.test(line) && /postern/i.test(line));
  expect(complaints).toEqual([]);
});
