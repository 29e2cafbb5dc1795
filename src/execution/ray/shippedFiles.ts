import { join, relative } from 'node:path';
import { filesBelow, type Placed } from './tree.ts';

/** Of the bundles, what a node needs to train. */
const NEEDED =
  /^(?:rayNode|worker|stripTypes|transpile)\.cjs$|^tfjs-.*\.wasm$|^sandbox$|^(?:python|command)\//;

/** Cortex's own files as they come to stand on a node: `dist/`, and the package above it. */
export async function shippedFiles(assetFolder: string): Promise<readonly Placed[]> {
  const all = await filesBelow(assetFolder, (name) => name === '__pycache__');
  const own = all
    .map((from) => ({ name: relative(assetFolder, from).replaceAll('\\', '/'), from }))
    .filter(({ name }) => NEEDED.test(name));
  return [
    ...own.map(({ name, from }) => ({ path: `dist/${name}`, from })),
    { path: 'package.json', from: join(assetFolder, '..', 'package.json') },
  ];
}
