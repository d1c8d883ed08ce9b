// npm start [-- FOLDER] [--endpoint URL --model NAME [--fim FAMILY]]: Postern in a real VS Code, in the browser.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installExtension, placesIn, startEditorServer } from './editor-server.mjs';
import { buildForProduction, packExtension } from './package.mjs';
import { say, step } from './progress.mjs';
import { runScript, Trouble } from './run.mjs';
import { ensureCompiler } from './system-packages.mjs';
import { cacheFolder, ensureEditor, ensureModules, root } from './toolchain.mjs';

const USAGE = `Usage: npm start [-- FOLDER] [OPTIONS]

Starts VS Code with Postern on FOLDER (this repository unless given) and opens it in the browser.
Completion and chat work at once with the local engine.

  --endpoint URL   adds a server on this workstation, such as http://127.0.0.1:8000/v1 (vLLM) or
                   http://127.0.0.1:11434/v1 (Ollama); kept in the settings for the next time
  --model NAME     the model to ask there
  --fim FAMILY     template for completion, when the name of the model does not tell it
  --no-open        only prints the address
  --help           shows this`;

/** Kept between runs: settings, extensions and the port, because VS Code keeps secrets by address. */
const home = join(cacheFolder, 'start');

/**
 * What a first run sets; from then on the settings are the person's.
 * @type {Record<string, any>}
 */
const FIRST_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
};

/** A mistake in the arguments. */
class Misuse extends Error {}

/** @typedef {{url: string, model: string, fim?: string}} Loopback the shape of the setting `postern.loopback` */

/** @param {readonly string[]} args */
function readArguments(args) {
  const { values, positionals } = parseKnown(args);
  if (positionals.length > 1) throw new Misuse(`One folder only, not ${positionals.join(' and ')}.`);
  const folder = resolve(process.env.INIT_CWD ?? '.', positionals[0] ?? root);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Misuse(`${folder} is not a folder.`);
  return { folder, loopback: loopbackOf(values), open: !values['no-open'], help: values.help === true };
}

/** @param {readonly string[]} args */
function parseKnown(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        endpoint: { type: 'string' },
        model: { type: 'string' },
        fim: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** @param {{endpoint?: string, model?: string, fim?: string}} values @returns {Loopback | undefined} */
function loopbackOf({ endpoint, model, fim }) {
  if (endpoint === undefined && model === undefined && fim === undefined) return undefined;
  if (!endpoint || !model) throw new Misuse('--endpoint and --model go together.');
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new Misuse(`${endpoint} is not an http address.`);
  if (!/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
    throw new Misuse(
      `${url.hostname} is not this workstation. Other servers are for the organisation's policy to name.`,
    );
  }
  return { url: endpoint, model, ...(fim ? { fim } : {}) };
}

/** The families stand in the policy's schema; reading them takes the modules, so it comes after the other checks. @param {Loopback | undefined} loopback */
async function checkFamily(loopback) {
  if (!loopback?.fim) return;
  const { importSource } = await import('./build-assets.mjs');
  const { fimFamilies } = await importSource('src/core/policy/schema.ts');
  if (!fimFamilies.includes(loopback.fim)) throw new Misuse(`--fim is one of ${fimFamilies.join(', ')}.`);
}

/** @param {Loopback | undefined} loopback */
function writeSettings(loopback) {
  const file = placesIn(home).settings;
  mkdirSync(dirname(file), { recursive: true });
  const settings = existsSync(file) ? parseSettings(file) : FIRST_SETTINGS;
  if (loopback) writeFileSync(file, JSON.stringify({ ...settings, 'postern.loopback': loopback }, null, 2));
  else if (!existsSync(file)) writeFileSync(file, JSON.stringify(settings, null, 2));
  const kept = loopback ?? settings['postern.loopback'];
  if (kept) say(`  endpoint on this workstation: ${kept.model} at ${kept.url} (setting postern.loopback)`);
}

/** @param {string} file @returns {Record<string, any>} */
function parseSettings(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Trouble(
      `${file} is not plain JSON (comments?), so it was left as it is. Mend it, or remove it to start afresh.`,
    );
  }
}

/** Packs and installs the extension, unless what would be packed is what is installed. @param {import('./toolchain.mjs').Editor} editor */
async function installCurrent(editor) {
  await buildForProduction();
  const stamp = join(home, 'installed');
  const wanted = fingerprint([
    'package.json',
    'package.nls.json',
    '.vscodeignore',
    'README.md',
    'CHANGELOG.md',
    'dist',
    'media',
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const { vsix } = await packExtension();
  await step('install in the editor', () => installExtension({ editor, home }, vsix));
  writeFileSync(stamp, wanted);
}

/** @param {readonly string[]} paths from the root */
function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.map((name) => join(root, name)).filter((name) => existsSync(name))) {
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .sort()
          .map((name) => join(path, name))
      : [path];
    for (const file of files.filter((name) => statSync(name).isFile())) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Opens an address where there is a desktop. @param {string} url */
function openInBrowser(url) {
  const [program, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const hasDesktop = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  const exists =
    process.platform !== 'linux' ||
    (process.env.PATH ?? '').split(delimiter).some((place) => existsSync(join(place, 'xdg-open')));
  if (!hasDesktop || !exists || !program) return;
  spawn(program, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', (error) => say(`  The browser could not be opened: ${error.message}`))
    .unref();
}

/** @param {{folder: string, loopback: Loopback | undefined, open: boolean}} wish @returns {Promise<number>} */
async function start({ folder, loopback, open }) {
  const advice = await ensureCompiler();
  if (advice) say(`  ${advice}`);
  const [editor] = await Promise.all([ensureEditor(), ensureModules()]);
  await checkFamily(loopback);
  writeSettings(loopback);
  await installCurrent(editor);
  const portFile = join(home, 'port');
  const lastPort = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const stopped = new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, done);
  });
  const server = await step('start', () => startEditorServer({ editor, home, workspace: folder, port: lastPort }));
  writeFileSync(portFile, String(server.port));
  console.log(`\n  Postern is open on ${folder}\n  ${server.url}?folder=${encodeURI(folder)}\n  Ctrl-C stops it.\n`);
  if (open) openInBrowser(`${server.url}?folder=${encodeURI(folder)}`);
  const code = await Promise.race([stopped.then(() => 0), server.ended.then(() => 1)]);
  await server.stop();
  say(code === 0 ? '  Stopped.' : `  The editor ended by itself; see ${server.log}`);
  return code;
}

await runScript(async () => {
  try {
    const wish = readArguments(process.argv.slice(2));
    if (!wish.help) return await start(wish);
    console.log(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 2;
  }
});
