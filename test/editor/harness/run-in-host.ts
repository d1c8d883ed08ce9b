/**
 * Mocha inside the extension host of a real VS Code: for what only the API shows (activation, commands, edits, undo).
 *
 *   node scripts/test.mjs --only host
 *   node scripts/on-node24.mjs test/editor/harness/run-in-host.ts [RESULT.json]     exit code 0 passed, 1 failed, 2 hung
 *
 * Tests stand in test/editor/in-host/*.test.ts, are named in index.ts there and bundled by `node esbuild.mjs --tests`;
 * they run on a copy of the fixture repository. No notification toasts are shown in such a run; modal dialogs are refused.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { startEditorServer } from '../../../scripts/editor-server.mjs';
import { ensureEditor, root } from '../../../scripts/toolchain.mjs';
import { copyFixtureRepository } from '../fixture-repository.ts';
import type { HostResult } from '../in-host/host-result.ts';
import { launchBrowser, VIEWPORT } from './browser.ts';
import { writeBaseSettings } from './launch-editor.ts';

export interface HostRun {
  readonly status: 'passed' | 'failed' | 'hung';
  readonly reason: string;
  readonly result: HostResult | undefined;
}

export interface HostRunOptions {
  readonly workspace: string;
  /** The bundled entry, which exports `run(): Promise<void>` and rejects on a failed test. */
  readonly tests: string;
  readonly timeoutMs: number;
  /** Gets what the tests and the extension print. */
  readonly print: (line: string) => void;
}

export async function runInHost({ workspace, tests, timeoutMs, print }: HostRunOptions): Promise<HostRun> {
  const home = mkdtempSync(join(tmpdir(), 'postern-host-'));
  const resultFile = join(home, 'host-result.json');
  writeBaseSettings(home);
  const editor = await ensureEditor();
  const server = await startEditorServer({
    ...{ editor, home, workspace },
    env: { POSTERN_HOST_RESULT: resultFile },
    // A built VS Code ignores where the extension and its tests are, unless it has this option.
    vscodeOptions: ['enable-smoke-test-driver'],
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    const { ending } = await listen(page, timeoutMs, print);
    await page.goto(addressOf(server.url, workspace, tests), { waitUntil: 'domcontentloaded', timeout: 120_000 });
    const end = await ending;
    const result = readResult(resultFile);
    // A run that ends well without having run any test is a failure.
    if (end.status === 'passed' && !result?.passed) return { status: 'failed', reason: 'no test ran', result };
    return { ...end, result };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

type End = Pick<HostRun, 'status' | 'reason'>;

/** The workbench calls two functions of its page: one with each line of its log, one with the exit code of the tests. */
async function listen(page: Page, timeoutMs: number, print: (line: string) => void): Promise<{ ending: Promise<End> }> {
  let end: (end: End) => void = () => undefined;
  const ending = new Promise<End>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(() => end({ status: 'hung', reason: `no result in ${timeoutMs} ms` }), timeoutMs);
  page.on('crash', () => end({ status: 'failed', reason: 'the page crashed' }));
  await page.exposeFunction('codeAutomationExit', (code: number) =>
    end(code === 0 ? { status: 'passed', reason: 'passed' } : { status: 'failed', reason: 'failed tests' }),
  );
  await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown) => {
    const line = [args].flat().map(String).join(' ');
    if (line.startsWith('[test]') || line.includes(root)) print(line);
  });
  // In an object, because an async function would wait for a promise that it returns bare.
  return { ending: ending.finally(() => clearTimeout(timer)) };
}

function addressOf(url: string, workspace: string, tests: string): string {
  const remote = (path: string): string => `vscode-remote://${new URL(url).host}${resolve(path)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionTestsPath', remote(tests)],
  ];
  return `${url}?${new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) })}`;
}

const readResult = (file: string): HostResult | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as HostResult) : undefined;

async function main(resultFile: string | undefined): Promise<number> {
  const repository = copyFixtureRepository();
  try {
    const run = await runInHost({
      workspace: repository.folder,
      tests: join(root, 'dist/test-host/index.cjs'),
      timeoutMs: 180_000,
      print: (line) => console.log(line),
    });
    if (resultFile)
      writeFileSync(
        resultFile,
        JSON.stringify(
          run.result ?? { passed: 0, failed: 1, failures: [{ title: 'tests in the host', message: run.reason }] },
        ),
      );
    console.log(`in the extension host: ${run.reason}`);
    return { passed: 0, failed: 1, hung: 2 }[run.status];
  } finally {
    repository.remove();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv[2]);
