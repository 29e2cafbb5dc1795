import { access, constants } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Tf } from '../tf.ts';
import { wasmUnavailable } from './errors.ts';
import type { Runtime } from './runtime.ts';
import { registerCpuKernels, registerWasmKernels } from './wasmKernels.ts';

/**
 * Loads the TensorFlow.js that Cortex carries, on WebAssembly (one thread, SIMD where the processor
 * has it) or plain JavaScript.
 */
export async function loadBundled(name: 'wasm' | 'cpu', assetFolder: string): Promise<Runtime> {
  const tf = plainNamespace(await import('@tensorflow/tfjs'));
  if (name === 'wasm') await startWasm(tf, assetFolder);
  else await startCpu(tf);
  return { tf, name, versions: { tfjs: tf.version.tfjs } };
}

/**
 * A bundle has the names on the namespace; Node, which loads the CommonJS build, has them all on
 * its default export.
 */
const plainNamespace = (namespace: Tf & { readonly default?: Tf }): Tf => ({
  ...(namespace.default ?? namespace),
});

async function startWasm(tf: Tf, assetFolder: string): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // Threads would need worker_threads, which the permission model refuses.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const keep = processListeners();
  try {
    await requireWasmFile(tf, assetFolder);
    setWasmPaths(join(assetFolder, sep));
    if (!(await tf.setBackend('wasm'))) throw new Error('the backend refused to start');
  } catch (cause) {
    throw wasmUnavailable(assetFolder, cause);
  } finally {
    removeListenersExcept(keep);
  }
  registerWasmKernels(tf);
}

/** The backend itself would only print to stderr why it did not start. */
async function requireWasmFile(tf: Tf, folder: string): Promise<void> {
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true;
  const name = simd ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm';
  await access(join(folder, name), constants.R_OK);
}

async function startCpu(tf: Tf): Promise<void> {
  await tf.setBackend('cpu');
  // Otherwise its first tensor prints an advertisement for tfjs-node.
  Object.assign(tf.backend(), { firstUse: false });
  registerCpuKernels(tf);
}

const processEvents = ['uncaughtException', 'unhandledRejection'] as const;

const processListeners = (): ReadonlySet<unknown> =>
  new Set(processEvents.flatMap((event) => process.listeners(event as 'exit')));

/**
 * The WebAssembly loader listens for errors of the whole process and throws them again, before the
 * worker can report them.
 */
function removeListenersExcept(keep: ReadonlySet<unknown>): void {
  for (const event of processEvents) {
    const added = process.listeners(event as 'exit').filter((listener) => !keep.has(listener));
    for (const listener of added) process.removeListener(event, listener);
  }
}
