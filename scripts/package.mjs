// node scripts/package.mjs: builds for production and packs postern-<version>.vsix, holding both to their size limits.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';
import { runQuietly, runScript, Trouble } from './run.mjs';
import { ensureModules, ensureNode24, environmentWith, root } from './toolchain.mjs';

const MAIN_BUNDLE_LIMIT = 400_000;
const PACKAGE_LIMIT = 25_000_000;

/** @returns {string} path of the package that `packExtension` writes */
export function packagePath() {
  return join(root, `postern-${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}.vsix`);
}

export const buildForProduction = () =>
  step('build for production', () => runQuietly(process.execPath, ['esbuild.mjs', '--production'], { cwd: root }));

/**
 * Packs what `buildForProduction` built. Throws when a size limit is broken.
 * @returns {Promise<{vsix: string, vsixBytes: number, mainBytes: number}>}
 */
export async function packExtension() {
  const node = await ensureNode24();
  const env = environmentWith(node);
  const main = join(root, 'dist/main-bundle.json');
  if (!existsSync(main)) throw new Trouble('There is nothing to pack: run `npm run build` first.');
  const vsix = packagePath();
  // Everything is bundled, so there are no dependencies to pack; links in the README stay as they are.
  const args = [
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    '--skip-license',
    '--out',
    vsix,
  ];
  await step('vsce package', () => runQuietly(node, ['node_modules/@vscode/vsce/vsce', ...args], { cwd: root, env }));
  const sizes = { vsix, vsixBytes: statSync(vsix).size, mainBytes: JSON.parse(readFileSync(main, 'utf8')).bytes };
  hold('The main bundle', sizes.mainBytes, MAIN_BUNDLE_LIMIT);
  hold('The package', sizes.vsixBytes, PACKAGE_LIMIT);
  return sizes;
}

/** @param {string} what @param {number} bytes @param {number} limit */
function hold(what, bytes, limit) {
  if (bytes > limit) throw new Trouble(`${what} is ${bytes} bytes, more than the ${limit} allowed.`);
}

if (process.argv[1]?.endsWith('package.mjs')) {
  await runScript(async () => {
    await ensureModules();
    await buildForProduction();
    const { vsix, vsixBytes, mainBytes } = await packExtension();
    console.log(`${vsix}: ${(vsixBytes / 1e6).toFixed(1)} MB; main bundle: ${(mainBytes / 1e3).toFixed(0)} kB`);
    return 0;
  });
}
