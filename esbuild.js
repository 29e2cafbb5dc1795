// Builds every bundle into dist/. `vscode` is external for the extension alone, so importing it anywhere else fails the build.
import { spawnSync } from 'node:child_process';
import { build, context } from 'esbuild';
import { copyFile, cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  minify: !watch,
  keepNames: true,
  sourcemap: watch ? 'linked' : false,
  logLevel: 'warning',
  // Its main entry asks for its parts in a way that bundling breaks.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/** web-tree-sitter asks for `import.meta.url`, which a CommonJS bundle has not. */
const moduleUrl = "const moduleUrl = require('node:url').pathToFileURL(__filename).href;";
const withModuleUrl = {
  ...shared,
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: moduleUrl },
};

/** The program of the terminal loads the engine's bundle as the extension does: no second copy of it. */
const engineApart = {
  name: 'engine-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/compose\.ts$/ }, () => ({ path: './engine.cjs', external: true }));
  },
};

/** Parts of @tensorflow/tfjs that a worker cannot use (no WebGL in Node) or does not need (graph models): half of its size. */
const withoutBrowserParts = {
  name: 'without-browser-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@tensorflow\/tfjs-(backend-webgl|converter)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: "export const version_webgl = 'left out', version_converter = 'left out';",
    }));
  },
};

/** The module builds of tfjs can be cut down; its main builds are one piece. */
const worker = { ...shared, mainFields: ['module', 'main'], plugins: [withoutBrowserParts] };

/** Pages of the webviews: browser code, each with its style sheet beside it. */
const webview = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  outdir: 'dist/webview',
  minify: !watch,
  sourcemap: false,
  logLevel: 'warning',
};

const bundles = [
  {
    ...webview,
    entryPoints: {
      curves: 'src/hosts/webview/curves.ts',
      study: 'src/hosts/webview/study.ts',
      compare: 'src/hosts/webview/compare.ts',
      attempt: 'src/hosts/webview/attempt.ts',
      search: 'src/hosts/webview/search.ts',
    },
  },
  {
    ...shared,
    entryPoints: {
      map: 'src/adapters/mapping/worker.ts',
      logs: 'src/adapters/files/logWorker.ts',
      survey: 'src/adapters/files/data/surveyWorker.ts',
      messages: 'src/hosts/vscode/pages/pageMessages.ts',
      bundleCache: 'src/hosts/vscode/bundleCacheWorker.ts',
    },
  },
  { ...shared, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  {
    ...shared,
    entryPoints: {
      beginning: 'src/hosts/vscode/start/beginning.ts',
      autopilot: 'src/hosts/vscode/autopilot/createPilot.ts',
    },
    external: ['vscode'],
  },
  { ...withModuleUrl, entryPoints: { engine: 'src/compose.ts' } },
  { ...shared, entryPoints: { llm: 'src/adapters/llm/openAiModel.ts' } },
  { ...shared, entryPoints: { mcp: 'src/hosts/mcp/serve.ts' } },
  {
    ...shared,
    entryPoints: { cli: 'src/cli.ts' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [engineApart],
  },
  {
    ...worker,
    entryPoints: {
      worker: 'src/workers/tfjs/main.ts',
      stripTypes: 'src/workers/tfjs/stripTypes.ts',
      transpile: 'src/workers/tfjs/transpile.ts',
    },
  },
  { ...shared, entryPoints: { rayNode: 'src/compose/rayNode.ts' } },
];

/** WebAssembly files that are read from disk beside the bundles. */
const assets = [
  'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-typescript/tree-sitter-typescript.wasm',
  'tree-sitter-typescript/tree-sitter-tsx.wasm',
  'tree-sitter-javascript/tree-sitter-javascript.wasm',
  'tree-sitter-python/tree-sitter-python.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm',
];

const packageFolder = (asset) =>
  asset
    .split('/')
    .slice(0, asset.startsWith('@') ? 2 : 1)
    .join('/');

async function copyAssets() {
  await mkdir('dist', { recursive: true });
  for (const asset of assets) {
    const name = packageFolder(asset);
    const folder = join(dirname(require.resolve('zod/package.json')), '..', name);
    await copyFile(
      join(folder, asset.slice(name.length + 1)),
      join('dist', asset.split('/').at(-1)),
    );
  }
}

/** The launcher that confines workers on Linux; where no C compiler is there, it is left out. */
function buildLauncher() {
  if (process.platform !== 'linux') return;
  const source = 'src/execution/sandbox/launcher.c';
  const built = spawnSync('cc', ['-std=c11', '-O2', '-static', '-s', '-o', 'dist/sandbox', source]);
  if (built.status === 0) return;
  console.warn(
    `dist/sandbox was not built, workers run without it: ${built.stderr ?? built.error}`,
  );
}

await copyAssets();
await cp('src/workers/python', 'dist/python', {
  recursive: true,
  filter: (path) => !path.includes('__pycache__'),
});
await cp('src/workers/ray', 'dist/ray', {
  recursive: true,
  filter: (path) => !path.includes('__pycache__'),
});
await cp('src/workers/command', 'dist/command', { recursive: true });
buildLauncher();
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
