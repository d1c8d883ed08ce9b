import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answers } from '../servers/faults.ts';
import { startVllmServer, type VllmAnswer, type VllmServer } from '../servers/vllm-server.ts';
import { type ChatPage, chatPage } from './chat-page.ts';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import { webviewFrame } from './harness/webview.ts';
import { ghostTextSpans, openFile, runCommand, screenshot, statusItem, typeText } from './harness/workbench.ts';
import { type TrialPolicy, writeTrialPolicy } from './trial-policy.ts';

let server: VllmServer;
let policy: TrialPolicy;
let repository: FixtureRepository;
let editor: EditorSession;
let chat: ChatPage;
let answer: VllmAnswer = {};

const MEGABYTE = 1_000_000;

beforeAll(async () => {
  server = await startVllmServer({ answer: () => answer });
  policy = writeTrialPolicy({ vllm: server.url });
  repository = copyFixtureRepository({
    files: {
      'src/plain.ts': 'export const one = 1;\n',
      'bad/binary.ts': `export const zero = '\u0000\u0001';\n`,
      'bad/long-line.ts': `export const data = '${'x'.repeat(5 * MEGABYTE)}';\n`,
      'bad/huge.ts': 'export const row = 1;\n'.repeat((50 * MEGABYTE) / 22),
    },
  });
  editor = await launchEditor({ workspace: repository.folder, settings: policy.settings });
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
  await openFile(editor.page, 'src/plain.ts');
  await runCommand(editor.page, 'Postern: Focus on Chat View');
  chat = chatPage(await webviewFrame(editor.page, '.composer'));
});
afterAll(async () => {
  await editor?.close();
  await server?.close();
  policy?.remove();
  repository?.remove();
});
beforeEach(() => {
  answer = { text: 'fine' };
});

test('a server error is said in place, with the next step', async () => {
  answer = { faults: [answers(401, { error: 'Unauthorized' })] };
  await chat.ask('Is the key right?');
  expect(await chat.last('.notice').textContent()).toContain('gpu-test did not accept the key.');
  expect(await chat.last('.notice button').allTextContents()).toContain('Set key');
  await screenshot(editor.page, 'chat-error');
});

test('a model that the server does not have is said so', async () => {
  policy.write({
    vllm: server.url,
    more: {
      models: { absent: { endpoint: 'gpu-test', name: 'absent/model', tasks: ['chat'] } },
      routes: ABSENT_ROUTES,
    },
  });
  await chatAnswersFrom('absent');
  await chat.ask('Are you there?');
  expect(await chat.last('.notice').textContent()).toContain('does not have the model');
});

const ABSENT_ROUTES = [{ task: 'chat', classes: ['internal'], models: ['absent'] }];

test.each([
  ['not JSON', '{ "organisation": ', /not valid|not JSON/i],
  ['a misspelt key', '{ "organisation": "x", "exlude": [] }', /exlude|not valid/i],
])('an invalid policy (%s) stops everything, with the reason', async (_name, text) => {
  const before = server.requests.length;
  policy.writeText(text);
  await statusItem(editor.page).filter({ hasText: 'no valid policy' }).waitFor({ timeout: 20_000 });
  await openFile(editor.page, 'src/plain.ts');
  await editor.page.keyboard.press('Control+End');
  await typeText(editor.page, 'const a = ');
  await editor.page.waitForTimeout(1500);
  expect(server.requests.length).toBe(before);
  await screenshot(editor.page, 'invalid-policy');
});

/** Opens what VS Code may not show as text. */
async function tryToOpen(path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  await editor.page.keyboard.press('Control+P');
  await editor.page.locator('.quick-input-widget:visible input.input').fill(path);
  await editor.page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: name }).first().click();
  await editor.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

test('a file with a 5 MB line: nothing is sent, and the editor stays responsive', async () => {
  policy.write({ vllm: server.url });
  await statusItem(editor.page).filter({ hasText: 'no valid policy' }).waitFor({ state: 'detached', timeout: 20_000 });
  await openFile(editor.page, 'bad/long-line.ts');
  const before = server.requests.length;
  await editor.page.keyboard.press('Control+Home');
  await typeText(editor.page, 'const b = ');
  await statusItem(editor.page).filter({ hasText: 'off for this file' }).waitFor({ timeout: 20_000 });
  expect(await ghostTextSpans(editor.page).count()).toBe(0);
  expect(server.requests.length).toBe(before);
});

test.each(['bad/binary.ts', 'bad/huge.ts'])('%s is silent, and the next file is served', async (path) => {
  const before = server.requests.length;
  await tryToOpen(path);
  await editor.page.waitForTimeout(2000);
  expect(server.requests.length).toBe(before);
  await openFile(editor.page, 'src/plain.ts');
  await statusItem(editor.page).filter({ hasText: 'qwen-coder' }).waitFor({ timeout: 20_000 });
});

test('nothing went wrong in the extension host', () => {
  const complaints = editor
    .log()
    .split('\n')
    .filter((line) => /\[error\]/.test(line) && /postern/i.test(line));
  expect(complaints).toEqual([]);
});

async function chatAnswersFrom(model: string): Promise<void> {
  const frame = await webviewFrame(editor.page, '.composer');
  await frame.locator('.composer', { hasText: model }).waitFor({ timeout: 20_000 });
}
