// What npm cannot bring: a browser for the tests and a compiler for one native module of the editor.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './progress.mjs';
import { runQuietly, Trouble } from './run.mjs';

const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** @returns {string | undefined} path of Chromium or a browser of its family; `CHROMIUM` names another */
export const findChromium = () => process.env.CHROMIUM ?? CHROMIUM_PLACES.find((place) => existsSync(place));

const COMPILER = ['g++', 'make', 'python3'];

export const hasCompiler = () => COMPILER.every(isOnPath);

/**
 * Makes sure of Chromium and its fonts. Throws with what to install where this script may not do it.
 * @returns {Promise<string>} path of the browser
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const packages = ['chromium', 'fonts-dejavu-core'];
  if (!(await installOnDebian(packages))) {
    throw new Trouble(
      `The tests in a real editor need Chromium. Install it (${hint(packages)}), or name a browser of its family in the variable CHROMIUM.`,
    );
  }
  const installed = findChromium();
  if (!installed) throw new Trouble('Chromium was installed, but is in none of the places where it is looked for.');
  return installed;
}

/**
 * Makes sure of a compiler where that is possible without asking. The editor works without: only its log files and
 * Output channels stay empty.
 * @returns {Promise<string | undefined>} what to install for more, when there is no compiler
 */
export async function ensureCompiler() {
  if (hasCompiler() || (await installOnDebian(COMPILER))) return undefined;
  return `No C++ compiler: the editor's Output channels and log files will stay empty. To have them: ${hint(COMPILER)}`;
}

/** @param {readonly string[]} packages */
function hint(packages) {
  if (process.platform === 'darwin')
    return packages.includes('chromium') ? 'brew install --cask chromium' : 'xcode-select --install';
  if (process.platform === 'win32')
    return packages.includes('chromium') ? 'Chrome or Edge' : 'the Visual Studio Build Tools';
  return `on Debian: sudo apt-get install -y ${packages.join(' ')}`;
}

/** @param {readonly string[]} packages @returns {Promise<boolean>} whether this is Debian, the user is root and it worked */
async function installOnDebian(packages) {
  if (!isDebian() || process.getuid?.() !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`apt-get install ${packages.join(' ')}`, async () => {
    await runQuietly('apt-get', ['update'], { env });
    await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  });
  return true;
}

// Ubuntu is left out on purpose: its chromium package is a stub that installs a snap.
function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @param {string} program */
function isOnPath(program) {
  const ending = process.platform === 'win32' ? '.exe' : '';
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program + ending)));
}
