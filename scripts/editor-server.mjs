// The server half of a real VS Code (code-server): starting it, installing a package into it, stopping it whole.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runQuietly, Trouble } from './run.mjs';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;

/**
 * @typedef {object} EditorServerOptions
 * @property {import('./toolchain.mjs').Editor} editor
 * @property {string} home folder that keeps settings, extensions and logs
 * @property {string} [workspace] folder to open
 * @property {number} [port] taken when it is free
 * @property {NodeJS.ProcessEnv} [env] added to the environment of the server and so of the extension host
 * @property {boolean} [trust] whether every workspace is trusted; true unless said otherwise
 * @property {boolean} [telemetry] whether the editor may say that telemetry is on; false unless said otherwise
 * @property {readonly string[]} [vscodeOptions] switches of VS Code itself
 *
 * @typedef {object} EditorServer
 * @property {string} url
 * @property {number} port
 * @property {number} pid
 * @property {string} log path of what the server prints
 * @property {Promise<number | null>} ended resolves to the exit code, however the server ends
 * @property {() => Promise<void>} stop ends the server with its extension hosts and terminals
 */

/** Folders of an editor's home. @param {string} home */
export const placesIn = (home) => ({
  settings: join(home, 'User/settings.json'),
  extensions: join(home, 'extensions'),
  serverLog: join(home, 'server.log'),
});

/**
 * Installs a package, also over the same version of itself.
 * @param {Pick<EditorServerOptions, 'editor' | 'home'>} where
 * @param {string} vsix
 */
export async function installExtension({ editor, home }, vsix) {
  const args = [editor.entry, ...folders(home), '--install-extension', vsix, '--force'];
  const output = await runQuietly(editor.node, args, { env: cleanEnvironment() });
  if (!output.includes('successfully installed')) throw new Trouble(`The editor did not install ${vsix}:\n${output}`);
}

/** Starts the server and waits until it answers. @param {EditorServerOptions} options @returns {Promise<EditorServer>} */
export async function startEditorServer(options) {
  const { editor, home, workspace, env = {}, trust = true, telemetry = false, vscodeOptions = [] } = options;
  const port = await freePort(options.port);
  const log = placesIn(home).serverLog;
  const args = [
    ...[editor.entry, ...folders(home), '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-update-check', '--disable-getting-started-override'],
    ...(telemetry ? [] : ['--disable-telemetry']),
    ...(trust ? ['--disable-workspace-trust'] : []),
    ...vscodeOptions.flatMap((option) => ['--vscode-option', option]),
    ...(workspace ? [workspace] : []),
  ];
  const output = openSync(log, 'a');
  // A process group of its own: extension hosts and terminals are grandchildren, and one signal ends them all.
  const child = spawn(editor.node, args, {
    stdio: ['ignore', output, output],
    env: { ...cleanEnvironment(), ...env },
    detached: true,
  });
  const pid = child.pid;
  if (pid === undefined) throw new Trouble(`${editor.node} could not be started.`);
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => stopGroup(pid, ended);
  const url = `http://127.0.0.1:${port}/`;
  if (!(await answers(url, ended))) {
    await stop();
    throw new Trouble(`The editor's server did not come up:\n${readFileSync(log, 'utf8').slice(-2000)}`);
  }
  return { url, port, pid, log, ended, stop };
}

/** @param {number} pid leader of the group @param {Promise<number | null>} ended */
async function stopGroup(pid, ended) {
  signalGroup(pid, 'SIGTERM');
  await Promise.race([ended, wait(STOP_LIMIT_MS, undefined, { ref: false })]);
  signalGroup(pid, 'SIGKILL');
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // ESRCH: all of it has ended, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** @param {string} url @param {Promise<number | null>} ended @returns {Promise<boolean>} */
async function answers(url, ended) {
  let alive = true;
  void ended.then(() => {
    alive = false;
  });
  const limit = performance.now() + START_LIMIT_MS;
  while (alive && performance.now() < limit) {
    const healthy = await fetch(`${url}healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return true;
    await wait(100);
  }
  return false;
}

/** Without its own configuration file code-server writes one into the person's home. @param {string} home */
function folders(home) {
  const { extensions } = placesIn(home);
  const configuration = join(home, 'config.yaml');
  mkdirSync(join(home, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  writeFileSync(configuration, 'auth: none\n');
  return ['--config', configuration, '--user-data-dir', home, '--extensions-dir', extensions];
}

/** The environment without what would steer the server when this runs inside a terminal of VS Code. */
const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(name)),
  );

/** @param {number} [wanted] @returns {Promise<number>} the wanted port when it is free, else any */
function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (wanted ? resolve(freePort()) : reject(error)));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
