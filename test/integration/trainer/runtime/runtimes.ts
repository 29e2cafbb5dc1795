import { join } from 'node:path';
import { cacheFolder } from '../../../../src/files/cacheFolder.ts';
import type { Runtime, RuntimeName } from '../../../../src/trainer/worker/runtime/runtime.ts';
import { loadRuntime } from '../../../../src/trainer/worker/runtime/loadRuntime.ts';

/** The WebAssembly files as the package ships them. */
export const assetFolder = join(process.cwd(), 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist');

/** Where a tfjs-node may be on this machine. */
export const tfjsNodeFolders = [process.cwd(), join(cacheFolder(), 'tfjs-node')];

/** Loads a runtime as the tests use it. */
export const runtimeForTests = (name: RuntimeName): Promise<Runtime> => loadRuntime(name, { assetFolder, tfjsNodeFolders });
