import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RecordedRequest } from '../servers/recording-server.ts';
import { startVllmServer, type VllmServer } from '../servers/vllm-server.ts';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import {
  ghostText,
  ghostTextSpans,
  openFile,
  save,
  screenshot,
  setTheme,
  statusItem,
  type ThemeKind,
  typeText,
} from './harness/workbench.ts';
import { planted, plantedSource } from './planted.ts';
import { type TrialPolicy, writeTrialPolicy } from './trial-policy.ts';

let server: VllmServer;
let policy: TrialPolicy;
let repository: FixtureRepository;
let editor: EditorSession;
/** What the server answers to completions; chat is not asked here. */
let answer: (request: RecordedRequest) => string = () => '';

beforeAll(async () => {
  server = await startVllmServer({ answer: (request) => ({ text: answer(request) }) });
  policy = writeTrialPolicy({ vllm: server.url });
  repository = copyFixtureRepository({
    files: { 'src/connect.ts': plantedSource, 'secrets/keys.ts': 'export const shared = 1;\n\n', 'src/sum.ts': SUM },
  });
  editor = await launchEditor({ workspace: repository.folder, settings: policy.settings });
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
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

const SUM = `export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;

}
`;

const asked = () => server.asked.length;

test('ghost text appears, and Tab accepts it', async () => {
  answer = () => 'sum;';
  await openFile(editor.page, 'src/sum.ts');
  await editor.page.keyboard.press('Control+Home');
  for (let line = 0; line < 3; line++) await editor.page.keyboard.press('ArrowDown');
  await typeText(editor.page, '  return ');
  expect(await ghostText(editor.page, ' ')).toBe('sum;');
  await screenshot(editor.page, 'ghost-text');
  await editor.page.keyboard.press('Tab');
  await save(editor.page);
  expect(readFileSync(join(repository.folder, 'src/sum.ts'), 'utf8')).toContain('  return sum;\n}');
});

test.each<ThemeKind>(['dark', 'high-contrast', 'light'])('ghost text looks right in the %s theme', async (kind) => {
  answer = () => 'const difference = right - left;';
  await setTheme(editor.page, kind);
  await openFile(editor.page, 'src/sum.ts');
  await editor.page.keyboard.press('Control+End');
  await typeText(editor.page, '\nexport ');
  expect(await ghostText(editor.page, ' ')).toContain('const difference');
  await screenshot(editor.page, `ghost-text-${kind}`);
  await editor.page.keyboard.press('Escape');
});

test('a secret and a CPF of the open file never reach the server, and come back in the ghost text', async () => {
  // The model repeats the placeholder that stands where the key stood.
  answer = (request) =>
    `export const again = '${/REDACTED_[A-Z0-9]+_[0-9a-f]{8}_/.exec(promptOf(request))?.[0] ?? 'none'}';`;
  await openFile(editor.page, 'src/connect.ts');
  await editor.page.keyboard.press('Control+End');
  const before = asked();
  await typeText(editor.page, '// The same key once more\n');
  expect(await ghostText(editor.page, '\n')).toBe(`export const again = '${planted.awsKeyId}';`);
  await screenshot(editor.page, 'ghost-text-restored');
  expect(asked()).toBeGreaterThan(before);
  for (const value of Object.values(planted)) expect(server.received()).not.toContain(value);
  expect(server.received()).toContain('REDACTED_');
});

test('an excluded file gives no request', async () => {
  answer = () => 'never';
  await openFile(editor.page, 'secrets/keys.ts');
  await editor.page.keyboard.press('Control+End');
  const before = asked();
  await typeText(editor.page, 'export const more = ');
  await statusItem(editor.page).filter({ hasText: 'off for this file' }).waitFor();
  await screenshot(editor.page, 'excluded-file');
  expect(await ghostTextSpans(editor.page).count()).toBe(0);
  expect(asked()).toBe(before);
  expect(server.received()).not.toContain('export const more');
});

const promptOf = ({ body }: RecordedRequest): string =>
  typeof body === 'object' && body !== null && 'prompt' in body ? String(body.prompt) : '';
