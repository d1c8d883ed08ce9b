// npm test: everything, each step even when one before it failed. The last line is `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildForProduction, checkSizes, packExtension } from './package.mjs';
import { say, secondsSince } from './progress.mjs';
import { runAloud, runQuietly, runScript, Trouble } from './run.mjs';
import { ensureChromium, ensureCompiler } from './system-packages.mjs';
import { ensureEditor, ensureModules, ensureNode24, environmentWith, root } from './toolchain.mjs';

/** Longest that a step may take before it counts as hung. */
const STEP_LIMIT_MS = 20 * 60_000;
const output = join(root, 'test-output');

/** @typedef {{passed: number, failed: number}} Count */
/** @typedef {(node: string) => Promise<Count>} TestStep */

/**
 * By the name that `--only` takes, in their order. `package` comes before what needs the package.
 * @type {Record<string, TestStep>}
 */
const STEPS = {
  types: (node) => single(node, ['node_modules/typescript/bin/tsc', '--noEmit']),
  lint: (node) => single(node, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']),
  knip: (node) => single(node, ['node_modules/knip/bin/knip.js']),
  unit: (node) => vitest(node, 'unit', 'vitest.config.ts'),
  package: async () => {
    await buildForProduction();
    const sizes = await packExtension();
    say(`  package ${(sizes.vsixBytes / 1e6).toFixed(1)} MB, main bundle ${(sizes.mainBytes / 1e3).toFixed(0)} kB`);
    checkSizes(sizes);
    return { passed: 1, failed: 0 };
  },
  host: inHost,
  editor: (node) => vitest(node, 'editor', 'vitest.editor.config.ts'),
};

/** A check that is one test. @param {string} node @param {string[]} args @returns {Promise<Count>} */
async function single(node, args) {
  const code = await runAloud(node, args, { cwd: root, timeoutMs: STEP_LIMIT_MS });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {string} node @param {string} name @param {string} config @returns {Promise<Count>} */
async function vitest(node, name, config) {
  const report = freshReport(name);
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...environmentWith(node), POSTERN_PACKED: '1' };
  const code = await runAloud(node, ['node_modules/vitest/vitest.mjs', ...args], {
    cwd: root,
    env,
    timeoutMs: STEP_LIMIT_MS,
  });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
  const brokenFiles = testResults.filter(hasOnlyItselfToBlame).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** @param {{status: string, assertionResults: {status: string}[]}} file */
const hasOnlyItselfToBlame = (file) =>
  file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');

/** Mocha inside the extension host. @param {string} node @returns {Promise<Count>} */
async function inHost(node) {
  const report = freshReport('host');
  await runQuietly(node, ['esbuild.mjs', '--tests', '--production'], { cwd: root });
  const args = ['test/editor/harness/run-in-host.ts', report];
  const code = await runAloud(node, args, { cwd: root, env: environmentWith(node), timeoutMs: STEP_LIMIT_MS });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { passed, failed, failures } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { title, message } of failures) say(`  ✗ ${title}: ${message}`);
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** Place of a step's report, with none from an earlier run in it. @param {string} name */
function freshReport(name) {
  mkdirSync(output, { recursive: true });
  const report = join(output, `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

/** @returns {string[]} names of the steps to run */
function chosenSteps() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const chosen = values.only?.flatMap((names) => names.split(',')) ?? Object.keys(STEPS);
  const unknown = chosen.filter((name) => !(name in STEPS));
  if (unknown.length > 0)
    throw new Trouble(`--only takes ${Object.keys(STEPS).join(', ')}; not ${unknown.join(', ')}.`);
  return chosen;
}

/** @param {string[]} steps */
async function prepare(steps) {
  const inEditor = steps.includes('host') || steps.includes('editor');
  if (inEditor) {
    const advice = await ensureCompiler();
    if (advice) say(`  ${advice}`);
    await ensureChromium();
  }
  await Promise.all([ensureModules(), inEditor ? ensureEditor() : ensureNode24()]);
  return ensureNode24();
}

/** @param {string} name @param {string} node @returns {Promise<Count>} */
async function runStep(name, node) {
  const start = performance.now();
  say(`\n▶ ${name}`);
  let count;
  try {
    count = (await STEPS[name]?.(node)) ?? { passed: 0, failed: 1 };
  } catch (error) {
    say(error instanceof Trouble ? error.message : String(error instanceof Error ? error.stack : error));
    count = { passed: 0, failed: 1 };
  }
  say(`${count.failed ? '✗' : '✓'} ${name}: ${count.passed} passed, ${count.failed} failed, ${secondsSince(start)}`);
  return count;
}

await runScript(async () => {
  const steps = chosenSteps();
  const node = await prepare(steps);
  const total = { passed: 0, failed: 0 };
  // The tests in the editor run what is packed, so it is built before the first of them, whatever was asked for.
  for (const name of steps.includes('editor') && !steps.includes('package') ? ['package', ...steps] : steps) {
    const count = await runStep(name, node);
    total.passed += count.passed;
    total.failed += count.failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});
