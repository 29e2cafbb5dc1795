import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import type { Tf } from '../tf.ts';
import { reasonOf, tfjsNodeUnavailable } from './errors.ts';
import { seedNativeKernels } from './nativeKernels.ts';
import type { Runtime } from './runtime.ts';

/** What tfjs-node exports beyond `@tensorflow/tfjs`. */
type TfjsNode = Tf & { readonly version: Record<string, string> };

interface NativeBinding {
  readonly TF_Version: string;
}

/**
 * Loads `@tensorflow/tfjs-node` from the first folder where its native library loads and computes.
 */
export async function loadTfjsNode(folders: readonly string[]): Promise<Runtime> {
  prepareProcess();
  const reasons: string[] = [];
  let cause: unknown;
  for (const folder of folders) {
    try {
      return await loadFrom(folder);
    } catch (error) {
      cause = error;
      reasons.push(`${folder}: ${reasonOf(error)}`);
    }
  }
  throw tfjsNodeUnavailable(reasons, cause);
}

/**
 * tfjs-node 4.22 calls a function that Node 23 removed; native TensorFlow reads its settings from
 * the environment when it loads.
 */
function prepareProcess(): void {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_DETERMINISTIC_OPS ??= '1';
  // No faster for networks of this size, and it announces itself on stderr, which belongs to the
  // user's code.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
}

async function loadFrom(folder: string): Promise<Runtime> {
  const require = createRequire(join(folder, 'package.json'));
  const packageFile = require.resolve('@tensorflow/tfjs-node/package.json');
  // The binding first: a package without its library would otherwise leave half a TensorFlow.js
  // behind in this process.
  const binding = require(bindingFile(packageFile, require)) as NativeBinding;
  const tf = require('@tensorflow/tfjs-node') as TfjsNode;
  await tf.ready();
  requireComputes(tf);
  seedNativeKernels(tf);
  const { tfjs = '', 'tfjs-node': tfjsNode = '' } = tf.version;
  return {
    tf,
    name: 'tfjs-node',
    versions: { tfjs, 'tfjs-node': tfjsNode, libtensorflow: binding.TF_Version },
  };
}

function bindingFile(packageFile: string, require: NodeJS.Require): string {
  const preGyp = createRequire(packageFile)('@mapbox/node-pre-gyp') as {
    find(packageFile: string): string;
  };
  const path = preGyp.find(packageFile);
  return require.resolve(
    path.startsWith(dirname(packageFile)) ? path : join(dirname(packageFile), path),
  );
}

function requireComputes(tf: Tf): void {
  const product = tf.tidy(
    () => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0],
  );
  if (tf.getBackend() !== 'tensorflow' || product !== 11)
    throw new Error(`it computed ${product} instead of 11 on the backend ${tf.getBackend()}`);
}
