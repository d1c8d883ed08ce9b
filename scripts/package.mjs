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
 * Packs what `buildForProduction` built.
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
  return { vsix, vsixBytes: statSync(vsix).size, mainBytes: JSON.parse(readFileSync(main, 'utf8')).bytes };
}

/** Throws when a size limit is broken. @param {{vsixBytes: number, mainBytes: number}} sizes */
export function checkSizes({ vsixBytes, mainBytes }) {
  const broken = [
    ...(mainBytes > MAIN_BUNDLE_LIMIT
      ? [`The main bundle has ${mainBytes} bytes, more than ${MAIN_BUNDLE_LIMIT}.`]
      : []),
    ...(vsixBytes > PACKAGE_LIMIT ? [`The package has ${vsixBytes} bytes, more than ${PACKAGE_LIMIT}.`] : []),
  ];
  if (broken.length > 0) throw new Trouble(broken.join('\n'));
}

if (process.argv[1]?.endsWith('package.mjs')) {
  await runScript(async () => {
    await ensureModules();
    await buildForProduction();
    const sizes = await packExtension();
    const { vsix, vsixBytes, mainBytes } = sizes;
    console.log(`${vsix}: ${(vsixBytes / 1e6).toFixed(1)} MB; main bundle: ${(mainBytes / 1e3).toFixed(0)} kB`);
    checkSizes(sizes);
    return 0;
  });
}
