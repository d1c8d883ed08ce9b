// npm run test:electron: the tests inside the extension host, in the desktop VS Code that @vscode/test-electron downloads.
// Runs on Node 24, which takes the fixture's TypeScript as it stands.
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { copyFixtureRepository } from '../test/editor/fixture-repository.ts';
import { runQuietly, runScript, Trouble } from './run.mjs';
import { cacheFolder, root } from './toolchain.mjs';

await runScript(async () => {
  await runQuietly(process.execPath, ['esbuild.mjs', '--tests', '--production'], { cwd: root });
  const repository = copyFixtureRepository();
  try {
    return await runTests({
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'dist/test-host/index.cjs'),
      cachePath: join(cacheFolder, 'vscode'),
      launchArgs: [repository.folder, '--disable-workspace-trust', '--disable-gpu', '--no-sandbox', '--skip-welcome'],
    });
  } catch (error) {
    throw new Trouble(
      `VS Code could not be downloaded or run here (${error instanceof Error ? error.message : error}).\n` +
        'It needs update.code.visualstudio.com and, on Linux, a display (xvfb-run). `npm test` runs the same tests in code-server.',
    );
  } finally {
    repository.remove();
  }
});
