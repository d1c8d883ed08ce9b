/** Runs inside the extension host. `run` is the contract of VS Code's test runner, in code-server and in Electron. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { figures, type HostResult } from './host-result.ts';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: 'min', color: false });
  // Defines `describe` and `it` as globals, which the tests find when their modules are evaluated.
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, 'postern', mocha);
  await import('./activation.test.ts');
  const result = await ran(mocha);
  if (process.env.POSTERN_HOST_RESULT) writeFileSync(process.env.POSTERN_HOST_RESULT, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}

function ran(mocha: Mocha): Promise<HostResult> {
  const failures: { title: string; message: string }[] = [];
  let passed = 0;
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve({ passed, failed: failures.length, failures, figures }));
    runner.on('pass', (test) => {
      passed++;
      console.log(`[test] ✓ ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on('fail', (test, error: Error) => {
      failures.push({ title: test.fullTitle(), message: error.message });
      console.log(`[test] ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
}
