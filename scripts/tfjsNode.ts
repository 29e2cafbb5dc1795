/**
 * `npm run tfjs-node`: a tfjs-node that works, in the project or, built from packages, in the cache
 * folder. Exit code 1 with one line where it cannot be had.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../src/adapters/files/cacheFolder.ts';
import type { Runtime } from '../src/workers/tfjs/runtime/runtime.ts';
import { loadTfjsNode } from '../src/workers/tfjs/runtime/loadTfjsNode.ts';
import { installOnce } from '../test/vscode/installOnce.ts';
import { buildTfjsNode } from './tfjsNode/buildTfjsNode.ts';
import { missingTools } from './tfjsNode/missingTools.ts';

const folder = join(cacheFolder(), 'tfjs-node');

try {
  await run();
} catch (error) {
  console.error(
    `tfjs-node cannot be had here: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}

async function run(): Promise<void> {
  if (await works('the project', process.cwd())) return;
  if (await works('the cache folder', folder)) return;
  const missing = await missingTools();
  if (missing.length > 0) throw new Error(missing.join(' '));
  await rm(folder, { recursive: true, force: true });
  await installOnce(folder, buildTfjsNode);
  report('the cache folder', await loadTfjsNode([folder]));
}

async function works(where: string, candidate: string): Promise<boolean> {
  const runtime = await loadTfjsNode([candidate]).catch(() => null);
  if (runtime) report(`${where} (${candidate})`, runtime);
  return runtime !== null;
}

function report(where: string, { versions }: Runtime): void {
  console.log(
    `tfjs-node ${versions['tfjs-node']} with libtensorflow ${versions.libtensorflow} works ` +
      `in ${where}.`,
  );
}
