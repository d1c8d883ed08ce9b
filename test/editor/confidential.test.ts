import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BedrockServer, startBedrockServer } from '../servers/bedrock-server.ts';
import { startVllmServer, type VllmServer } from '../servers/vllm-server.ts';
import { type ChatPage, chatPage } from './chat-page.ts';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import { webviewFrame } from './harness/webview.ts';
import { openFile, runCommand, screenshot, statusItem, typeText } from './harness/workbench.ts';
import { planted, plantedSource } from './planted.ts';
import { type TrialPolicy, writeTrialPolicy } from './trial-policy.ts';

let vllm: VllmServer;
let bedrock: BedrockServer;
let policy: TrialPolicy;
let repository: FixtureRepository;
let editor: EditorSession;
let chat: ChatPage;

beforeAll(async () => {
  vllm = await startVllmServer({ answer: { text: 'from the wrong place' } });
  bedrock = await startBedrockServer({ answer: { text: 'The client is made in `connect` [src/connect.ts:7].' } });
  policy = writeTrialPolicy({ vllm: vllm.url, bedrock: bedrock.host });
  repository = copyFixtureRepository({
    remote: 'git@git.example:payments/core.git',
    files: { 'src/connect.ts': plantedSource },
  });
  editor = await launchEditor({
    workspace: repository.folder,
    settings: policy.settings,
    env: {
      AWS_ACCESS_KEY_ID: bedrock.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: bedrock.keys.secretAccessKey,
      AWS_SESSION_TOKEN: bedrock.keys.sessionToken,
    },
  });
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
  await openFile(editor.page, 'src/connect.ts');
  await runCommand(editor.page, 'Postern: Focus on Chat View');
  chat = chatPage(await webviewFrame(editor.page, '.composer'));
});
afterAll(async () => {
  await editor?.close();
  await vllm?.close();
  await bedrock?.close();
  policy?.remove();
  repository?.remove();
});

test('chat about a confidential repository streams from Bedrock, redacted', async () => {
  await chat.ask('Where is the client made?');
  expect(await chat.last('.who >> nth=1').textContent()).toBe('Postern · claude · private cloud');
  expect(await chat.last('.blocks').textContent()).toContain('The client is made in connect');
  await screenshot(editor.page, 'chat-bedrock');
  expect(bedrock.received()).toContain('createClient');
  for (const value of Object.values(planted)) expect(bedrock.received()).not.toContain(value);
});

test('the reasons stand in the tree', async () => {
  await runCommand(editor.page, 'Postern: Why Did This Go There?');
  await editor.page.locator('.pane-body .monaco-list-row', { hasText: 'confidential' }).first().waitFor();
  await screenshot(editor.page, 'why');
});

test('completion has no route for it, so nothing is asked', async () => {
  await openFile(editor.page, 'src/connect.ts');
  await editor.page.keyboard.press('Control+End');
  await typeText(editor.page, 'const more = ');
  await statusItem(editor.page).filter({ hasText: 'off for this file' }).waitFor();
  await editor.page.waitForTimeout(1000);
  expect(vllm.requests).toEqual([]);
});
