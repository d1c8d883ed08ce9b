import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyFixtureRepository, type FixtureRepository } from './fixture-repository.ts';
import { type EditorSession, launchEditor } from './harness/launch-editor.ts';
import { openFile, screenshot, setTheme, statusItem, type ThemeKind } from './harness/workbench.ts';

let repository: FixtureRepository;
let editor: EditorSession;

beforeAll(async () => {
  repository = copyFixtureRepository();
  editor = await launchEditor({ workspace: repository.folder });
});
afterAll(async () => {
  await editor.close();
  repository.remove();
});

test('the package shows its status item', async () => {
  await statusItem(editor.page).waitFor({ timeout: 60_000 });
  expect((await statusItem(editor.page).textContent())?.trim()).not.toBe('');
});

test('nothing goes wrong in the extension host while a file is opened', async () => {
  await openFile(editor.page, 'src/v4/core/doc.ts');
  const complaints = editor
    .log()
    .split('\n')
    .filter((line) => line.includes('[error]') && /postern/i.test(line));
  expect(complaints).toEqual([]);
});

test.each<ThemeKind>(['light', 'dark', 'high-contrast'])('looks right in the %s theme', async (kind) => {
  await setTheme(editor.page, kind);
  await statusItem(editor.page).waitFor();
  await screenshot(editor.page, `startup-${kind}`);
});
