// node esbuild.mjs [--production] [--watch] [--eval] [--tests]
// Builds dist/: the extension with its lazy bundles, the webview, wasm and fonts; with --eval what the scoring tools
// drive; with --tests what runs inside the extension host. Parts whose entry file does not exist are left out.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { copyCodicons, copyGrammars, writeNotices, writePolicySchema } from './scripts/build-assets.mjs';

const root = dirname(fileURLToPath(import.meta.url));

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
  minify: flags.production,
  sourcemap: flags.production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  outdir: 'dist',
  logLevel: 'warning',
};

/** What CommonJS packages expect to find, in an ES module. */
const banner = {
  js: "import { createRequire as makeRequire } from 'node:module'; import { fileURLToPath as pathOfUrl } from 'node:url'; const require = makeRequire(import.meta.url); const __filename = pathOfUrl(import.meta.url); const __dirname = pathOfUrl(new URL('.', import.meta.url));",
};

/** @type {esbuild.BuildOptions} */
const onNode = { ...common, platform: 'node', target: 'node20', format: 'esm', banner };

/**
 * The extension is an ES module, so that what loads later (each `import()`) is a chunk of its own while classes stay one:
 * a `RedactedText` of a second copy would have other private fields.
 * @returns {Record<string, esbuild.BuildOptions>}
 */
function extensionBuilds() {
  return {
    extension: {
      ...onNode,
      external: ['vscode'],
      entryPoints: entries([['extension', 'src/extension.ts']]),
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
    },
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
      ...onNode,
      outExtension: { '.js': '.mjs' },
      entryPoints: entries(files.map((name) => [`eval/${basename(name, '.ts')}`, `src/eval/${name}`])),
    },
  };
}

/** @returns {Record<string, esbuild.BuildOptions>} */
const testBuilds = () => ({
  'tests in the host': {
    ...common,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    entryPoints: entries([['test-host/index', 'test/editor/in-host/index.ts']]),
  },
});

/** @param {string[][]} wanted pairs of output name and source file */
function entries(wanted) {
  return wanted.flatMap(([out = '', file = '']) => (existsSync(join(root, file)) ? [{ out, in: file }] : []));
}

/**
 * What loads when the extension is activated: its entry and every chunk that it imports statically.
 * @param {esbuild.Metafile} metafile
 */
function mainBundle({ outputs }) {
  /** @type {Set<string>} */
  const loaded = new Set();
  const load = (/** @type {string} */ path) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[imported]) load(imported);
  };
  load('dist/extension.js');
  const files = [...loaded].sort();
  return { files, bytes: files.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) };
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

// Chunks of an earlier build would be packed with this one.
if (!flags.eval) rmSync(join(root, 'dist/chunks'), { recursive: true, force: true });

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
      if (metafile.outputs['dist/extension.js'])
        writeFileSync(join(root, 'dist/main-bundle.json'), JSON.stringify(mainBundle(metafile), null, 2));
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
