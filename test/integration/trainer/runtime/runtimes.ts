import { join } from 'node:path';
import { cacheFolder } from '../../../../src/adapters/files/cacheFolder.ts';
import type { Runtime, RuntimeName } from '../../../../src/workers/tfjs/runtime/runtime.ts';
import { loadRuntime } from '../../../../src/workers/tfjs/runtime/loadRuntime.ts';

/** The WebAssembly files as the package ships them. */
export const assetFolder = join(
  process.cwd(),
  'node_modules',
  '@tensorflow',
  'tfjs-backend-wasm',
  'dist',
);

/** Where a tfjs-node may be on this machine. */
const tfjsNodeFolders = [process.cwd(), join(cacheFolder(), 'tfjs-node')];

/** Loads a runtime as the tests use it. */
export const runtimeForTests = (name: RuntimeName): Promise<Runtime> =>
  loadRuntime(name, { assetFolder, tfjsNodeFolders });

/**
 * Why tests on tfjs-node cannot run on this machine, or `false` where they can: `npm run tfjs-node`
 * installs it.
 */
export const tfjsNodeMissing = (): Promise<string | false> =>
  runtimeForTests('tfjs-node').then(
    () => false as const,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
