/**
 * A real VS Code with the packed extension, driven from a test.
 *
 *   const editor = await launchEditor({ workspace: repository.folder, settings: { 'postern.loopback': … } });
 *   await openFile(editor.page, 'src/v4/core/doc.ts');          // actions: workbench.ts, webview.ts
 *   await screenshot(editor.page, 'ghost-text');                // test-output/screenshots/ghost-text.png
 *   await editor.close();
 *
 * One editor takes 8 to 10 seconds to show on two cores: launch one a file, in `beforeAll`, and close it in `afterAll`.
 * Test files stand in test/editor/*.test.ts, run one at a time (`npm run test:editor`, or vitest with
 * vitest.editor.config.ts) against the package that global-setup.ts builds once. Notifications are shown as toasts
 * here; tests inside the extension host (run-in-host.ts) see none.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { installExtension, placesIn, startEditorServer } from '../../../scripts/editor-server.mjs';
import { packagePath } from '../../../scripts/package.mjs';
import { ensureEditor } from '../../../scripts/toolchain.mjs';
import { launchBrowser, VIEWPORT } from './browser.ts';

export interface LaunchOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** User settings over `BASE_SETTINGS`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host, such as the place of a machine-wide policy. `undefined` takes a name away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The package to install; the one of this repository unless given. */
  readonly vsix?: string;
  /** Whether the workspace is trusted; true unless said otherwise. */
  readonly trust?: boolean;
}

export interface EditorSession {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  /** Everything that the extension and the extension host logged until now. */
  readonly log: () => string;
  /** Replaces the user settings while the editor runs. */
  readonly setSettings: (settings: Readonly<Record<string, unknown>>) => void;
  /** Loads the workbench again in the same window: what SecretStorage holds stays. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Quiet, and the same in each run: no update, no welcome page, nothing saved behind the test's back. */
export const BASE_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  // The chat view of VS Code opens by itself and takes the focus.
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.titleBarStyle': 'custom',
  'files.simpleDialog.enable': true,
  // "afterDelay" in the browser, with which an edited tab is never seen as changed.
  'files.autoSave': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'editor.accessibilitySupport': 'off',
};

export async function launchEditor(options: LaunchOptions): Promise<EditorSession> {
  const home = mkdtempSync(join(tmpdir(), 'postern-editor-'));
  const editor = await ensureEditor();
  const setSettings = (settings: Readonly<Record<string, unknown>>): void => writeBaseSettings(home, settings);
  setSettings(options.settings ?? {});
  await installExtension({ editor, home }, options.vsix ?? packagePath());
  const workspace = resolve(options.workspace);
  const server = await startEditorServer({
    ...{ editor, home, workspace },
    env: { ...options.env },
    trust: options.trust ?? true,
  });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    browser = await launchBrowser();
    const context = await browser.newContext({
      viewport: VIEWPORT,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(`${server.url}?${new URLSearchParams({ folder: workspace })}`, {
      waitUntil: 'domcontentloaded',
      timeout: 120_000,
    });
    await workbenchShown(page);
    const reload = async (): Promise<void> => {
      await page.reload({ waitUntil: 'domcontentloaded', timeout: 120_000 });
      await workbenchShown(page);
    };
    return { page, context, url: server.url, log: () => logsIn(home), setSettings, reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const workbenchShown = (page: Page): Promise<void> =>
  page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 120_000 });

/** Writes the user settings of an editor's home. */
export function writeBaseSettings(home: string, settings: Readonly<Record<string, unknown>> = {}): void {
  const file = placesIn(home).settings;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...BASE_SETTINGS, ...settings }, null, 2));
}

/** The logs of the extension host: what it says about extensions, and each extension's own channel. */
function logsIn(home: string): string {
  const folder = join(home, 'logs');
  if (!existsSync(folder)) return '';
  return logFiles(folder)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

function logFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('exthost') && name.endsWith('.log'))
    .map((name) => join(folder, name));
}
