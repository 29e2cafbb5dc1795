import { CortexError } from '../../../util/errors.ts';

/** No folder holds a tfjs-node that loads and computes; `reasons` says for each folder why. */
export const tfjsNodeUnavailable = (reasons: readonly string[], cause: unknown): CortexError =>
  new CortexError({
    code: 'runtime-tfjs-node-unavailable',
    kind: 'environment',
    happened:
      'tfjs-node does not work here: ' +
      `${reasons.length > 0 ? reasons.join('; ') : 'no folder was given to look in'}.`,
    expected:
      '@tensorflow/tfjs-node 4 with its native library, installed in the project or in the ' +
      'cache folder of Cortex.',
    remedy:
      'Install it in your project (npm i @tensorflow/tfjs-node), or choose the runtime ' +
      '"wasm", which works everywhere.',
    cause,
  });

/** The WebAssembly files could not be loaded from `folder`. */
export const wasmUnavailable = (folder: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'runtime-wasm-unavailable',
    kind: 'environment',
    happened: `The WebAssembly runtime could not be started from ${folder}: ${reasonOf(cause)}.`,
    expected: 'tfjs-backend-wasm-simd.wasm and tfjs-backend-wasm.wasm in that folder.',
    remedy: 'Reinstall Cortex (in a checkout: npm run build), or choose the runtime "cpu".',
    cause,
  });

/** First line of what `cause` says. */
export function reasonOf(cause: unknown): string {
  const text =
    typeof cause === 'object' && cause !== null && 'message' in cause
      ? String(cause.message)
      : String(cause);
  return text.split('\n', 1)[0] ?? text;
}
