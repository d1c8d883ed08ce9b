// node esbuild.mjs [--production] [--watch] [--eval] [--tests]
// Builds dist/: the extension with its lazy bundles, the webview, wasm and fonts; with --eval what the scoring tools
// drive; with --tests what runs inside the extension host. Parts whose entry file does not exist are left out.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { copyCodicons, copyGrammars, writeNotices, writePolicySchema } from './scripts/build-assets.mjs';

const root = dirname(fileURLToPath(import.meta.url));

/** esbuild takes the ESM build of web-tree-sitter, which dies on `import.meta.url` once it is CommonJS. */
const alias = { 'web-tree-sitter': './node_modules/web-tree-sitter/tree-sitter.cjs' };

/**
 * The files of src/node/ that only a dynamic import may load, and the bundle that stands for it at run time.
 * @type {Record<string, {entry: string, bundle: string}>}
 */
const LAZY = {
  'openai-compatible.ts': { entry: 'src/node/openai-compatible.ts', bundle: 'openai' },
  'bedrock.ts': { entry: 'src/node/bedrock.ts', bundle: 'bedrock' },
  'tree-sitter.ts': { entry: 'src/node/tree-sitter.ts', bundle: 'tree-sitter' },
};

/** Leaves lazy modules out of a bundle, and refuses to build when one is imported statically. @type {esbuild.Plugin} */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    for (const [file, { bundle }] of Object.entries(LAZY)) {
      const filter = new RegExp(`/${file.replaceAll('.', '\\.')}$`);
      build.onResolve({ filter }, ({ kind, importer }) => {
        if (kind === 'entry-point') return undefined;
        if (kind === 'dynamic-import') return { path: `./${bundle}.cjs`, external: true };
        return {
          errors: [{ text: `${importer} imports ${file} statically; it is loaded through src/node/lazy.ts` }],
        };
      });
    }
  },
};

const { values: flags } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    eval: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
  },
});

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  alias,
  minify: flags.production,
  sourcemap: flags.production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  outdir: 'dist',
  logLevel: 'warning',
};

/** @type {esbuild.BuildOptions} */
const inExtensionHost = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
  // `import()` becomes `require`, which is what the extension host patches and what loads without a tick of I/O.
  supported: { 'dynamic-import': false },
};

/** @returns {Record<string, esbuild.BuildOptions>} */
function extensionBuilds() {
  const lazy = Object.values(LAZY).map(({ entry, bundle }) => [bundle, entry]);
  return {
    extension: {
      ...inExtensionHost,
      entryPoints: entries([['extension', 'src/extension.ts']]),
      plugins: [lazyBundles],
    },
    'lazy bundles': { ...inExtensionHost, entryPoints: entries(lazy) },
    webview: {
      ...common,
      platform: 'browser',
      target: 'es2023',
      format: 'iife',
      entryPoints: entries([['webview', 'src/webview/main.ts']]),
      loader: { '.svg': 'dataurl' },
    },
  };
}

/** @returns {Record<string, esbuild.BuildOptions>} */
function evalBuilds() {
  const folder = join(root, 'src/eval');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  return {
    eval: {
      ...common,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; import { fileURLToPath as pathOfUrl } from 'node:url'; const require = makeRequire(import.meta.url); const __filename = pathOfUrl(import.meta.url); const __dirname = pathOfUrl(new URL('.', import.meta.url));",
      },
      entryPoints: entries(files.map((name) => [`eval/${basename(name, '.ts')}`, `src/eval/${name}`])),
    },
  };
}

/** @returns {Record<string, esbuild.BuildOptions>} */
const testBuilds = () => ({
  'tests in the host': {
    ...inExtensionHost,
    external: ['vscode', 'mocha'],
    entryPoints: entries([['test-host/index', 'test/editor/in-host/index.ts']]),
  },
});

/** @param {string[][]} wanted pairs of output name and source file */
function entries(wanted) {
  return wanted.flatMap(([out = '', file = '']) => (existsSync(join(root, file)) ? [{ out, in: file }] : []));
}

/** @param {esbuild.Metafile} metafile */
function printSizes(metafile) {
  for (const [path, { bytes }] of Object.entries(metafile.outputs)) {
    if (!path.endsWith('.map')) console.log(`${path.padEnd(32)} ${(bytes / 1000).toFixed(1).padStart(9)} kB`);
  }
}

const builds = {
  ...(flags.eval && !flags.watch ? evalBuilds() : extensionBuilds()),
  ...(flags.tests ? testBuilds() : {}),
};

/** @type {esbuild.Metafile[]} */
const metafiles = [];
for (const [name, options] of Object.entries(builds)) {
  if (!Array.isArray(options.entryPoints) || options.entryPoints.length === 0) {
    console.log(`${name}: nothing to build yet`);
  } else if (flags.watch) {
    await (await esbuild.context(options)).watch();
  } else {
    // esbuild has printed its errors by then; a stack would only hide them.
    const { metafile } = await esbuild.build(options).catch(() => process.exit(1));
    if (metafile) {
      printSizes(metafile);
      metafiles.push(metafile);
    }
  }
}

const grammars = await copyGrammars(join(root, 'dist'));
const grammarBytes = grammars.reduce((sum, file) => sum + statSync(file).size, 0);
console.log(`dist/grammars: ${grammars.length} files ${(grammarBytes / 1e6).toFixed(1).padStart(14)} MB`);
if (!flags.eval) {
  copyCodicons(join(root, 'dist'));
  await writePolicySchema(join(root, 'media/policy.schema.json'));
  if (metafiles.length > 0) writeNotices(metafiles, join(root, 'dist/THIRD-PARTY-NOTICES.txt'));
}
