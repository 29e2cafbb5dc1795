import { loadModelsFromFiles } from './fileModels.ts';
import { loadBundled } from './loadBundled.ts';
import { loadTfjsNode } from './loadTfjsNode.ts';
import type { Runtime, RuntimeName } from './runtime.ts';

/** Where the files of the runtimes are. */
export interface RuntimeFolders {
  /** Holds the `.wasm` files of `@tensorflow/tfjs-backend-wasm`. */
  readonly assetFolder: string;
  /** Folders to resolve `@tensorflow/tfjs-node` from, best first. */
  readonly tfjsNodeFolders: readonly string[];
}

/**
 * Loads one runtime into this process, which can hold only one; throws an `environment` error where
 * it does not truly work.
 */
export async function loadRuntime(name: RuntimeName, folders: RuntimeFolders): Promise<Runtime> {
  if (name === 'tfjs-node') return loadTfjsNode(folders.tfjsNodeFolders);
  const runtime = await loadBundled(name, folders.assetFolder);
  loadModelsFromFiles(runtime.tf);
  return runtime;
}
