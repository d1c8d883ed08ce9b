import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVllmServer } from '../servers/vllm-server.ts';
import { type ChatPage, chatPage } from './chat-page.ts';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import { webviewFrame } from './harness/webview.ts';
import {
  ghostText,
  notification,
  openFile,
  runCommand,
  save,
  screenshot,
  statusItem,
  typeText,
} from './harness/workbench.ts';
import { type TrialPolicy, writeTrialPolicy } from './trial-policy.ts';

/** With the servers of the policy stopped, and with no policy at all. */
let policy: TrialPolicy;
let repository: FixtureRepository;
let editor: EditorSession;
let chat: ChatPage;

/** Lines that stand in several files: what an n-gram model may be sure of. */
const ROUTE = (name: string) => `import { registerRoute, type RouteContext } from './router';

export function ${name}Route(context: RouteContext): void {
  registerRoute(context, { method: 'GET', path: '/${name}', authenticated: true });
}
`;

beforeAll(async () => {
  const server = await startVllmServer({ answer: { text: 'never' } });
  policy = writeTrialPolicy({ vllm: server.url });
  await server.close();
  repository = copyFixtureRepository({
    files: {
      'src/routes/orders.ts': ROUTE('orders'),
      'src/routes/users.ts': ROUTE('users'),
      'src/routes/items.ts': ROUTE('items'),
      'src/routes/carts.ts': "import { registerRoute, type RouteContext } from './router';\n\n",
    },
  });
  editor = await launchEditor({ workspace: repository.folder, settings: policy.settings });
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
});
afterAll(async () => {
  await editor?.close();
  policy?.remove();
  repository?.remove();
});

test('with the server stopped, the local engine completes, and the person is told once', async () => {
  await openFile(editor.page, 'src/routes/carts.ts');
  await expect.poll(() => editor.log(), { timeout: 90_000, interval: 500 }).toMatch(/index: \d+ files/);
  await editor.page.keyboard.press('Control+End');
  await typeText(editor.page, 'export function cartsRoute(context: RouteContext): void {\n  registerRoute(');
  expect(await ghostText(editor.page, '(')).toContain('context, { method:');
  await notification(editor.page, "Postern can't reach gpu-test").waitFor();
  await screenshot(editor.page, 'server-stopped');
  await editor.page.keyboard.press('Tab');
  await save(editor.page);
  expect(readFileSync(join(repository.folder, 'src/routes/carts.ts'), 'utf8')).toContain('context, { method:');
});

test('without a policy the local engine serves, and is called what it is', async () => {
  policy.remove();
  editor.setSettings({});
  await editor.reload();
  await statusItem(editor.page).filter({ hasText: 'local n-gram' }).waitFor({ timeout: 60_000 });
  await runCommand(editor.page, 'Postern: Focus on Chat View');
  chat = chatPage(await webviewFrame(editor.page, '.composer'));
  await chat.ask('Where is a route registered?');
  expect(await chat.last('.who >> nth=1').textContent()).toMatch(/local n-gram engine/);
  expect(await chat.last('.blocks').textContent()).toMatch(/not a language model|does not write/i);
  expect(await chat.last('.citation').count()).toBeGreaterThan(0);
  await screenshot(editor.page, 'chat-local');
});
