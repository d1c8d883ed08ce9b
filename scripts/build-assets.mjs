// The parts of dist/ that are copied or generated rather than bundled.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');

/**
 * Runs a source file of the project, so that a table in it need not be written a second time here.
 * @param {string} file path from the root; it may import anything but `vscode` and wasm
 * @returns {Promise<any>} what it exports
 */
export async function importSource(file) {
  const options = {
    bundle: true,
    write: false,
    format: /** @type {const} */ ('esm'),
    platform: /** @type {const} */ ('node'),
  };
  const { outputFiles } = await esbuild.build({
    ...options,
    absWorkingDir: root,
    entryPoints: [file],
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles?.[0]?.text ?? '').toString('base64')}`);
}

/**
 * Copies the wasm of tree-sitter and, into `grammars/`, each grammar in the table of src/node/grammars.ts.
 * @param {string} dist
 * @returns {Promise<string[]>} the copies
 */
export async function copyGrammars(dist) {
  mkdirSync(join(dist, 'grammars'), { recursive: true });
  /** @type {{grammars: Record<string, {package: string, file: string}>}} */
  const { grammars } = await importSource('src/node/grammars.ts');
  // Languages share grammars, so a source can come twice.
  const copies = new Map([[join(modules, 'web-tree-sitter/tree-sitter.wasm'), join(dist, 'tree-sitter.wasm')]]);
  for (const { package: name, file } of Object.values(grammars)) {
    copies.set(join(modules, name, file), join(dist, 'grammars', basename(file)));
  }
  for (const [source, copy] of copies) copyFileSync(source, copy);
  return [...copies.values()];
}

/** Copies the icon font and its styles for the webview. @param {string} folder */
export function copyCodicons(folder) {
  for (const name of ['codicon.css', 'codicon.ttf'])
    copyFileSync(join(modules, '@vscode/codicons/dist', name), join(folder, name));
}

/** @returns {Promise<string>} JSON Schema of a policy, for editing help; what has a default may be left out */
export async function policySchemaJson() {
  const { policySchema } = await importSource('src/core/policy/schema.ts');
  const { toJSONSchema } = await import('zod');
  const schema = toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ ...schema, title: 'Postern policy' }, null, 2)}\n`;
}

/** @param {string} file written only when it changes, so that a build leaves the work tree as it is */
export async function writePolicySchema(file) {
  const json = await policySchemaJson();
  if (!existsSync(file) || readFileSync(file, 'utf8') !== json) writeFileSync(file, json);
}

/**
 * The licences of the packages whose code is in the bundles, which most of them ask to be kept with every copy.
 * @param {readonly esbuild.Metafile[]} metafiles
 * @param {string} file
 */
export function writeNotices(metafiles, file) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const packages = new Set(inputs.flatMap((input) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[0] ?? []));
  for (const name of ['@vscode/codicons', 'tree-sitter-wasms', 'web-tree-sitter'])
    packages.add(`node_modules/${name}/`);
  rmSync(file, { force: true });
  writeFileSync(
    file,
    [...packages]
      .sort()
      .map(noticeOf)
      .join(`\n${'-'.repeat(80)}\n\n`),
  );
}

/** @param {string} folder of a package, from the root */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const text = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'LICENSE-MIT', 'license']
    .map((candidate) => join(root, folder, candidate))
    .find((candidate) => existsSync(candidate));
  return `${name} ${version} (${license})\n\n${text ? readFileSync(text, 'utf8') : ''}`;
}
