import type { Tf } from '../tf.ts';

/** What computes: native TensorFlow, WebAssembly, or plain JavaScript. */
export type RuntimeName = 'tfjs-node' | 'wasm' | 'cpu';

/**
 * TensorFlow.js ready to build and train: its backend is set, and every gradient a builder may need
 * has a kernel.
 */
export interface Runtime {
  /**
   * All of `@tensorflow/tfjs` that a builder can use; what the user's model file gets for any
   * `@tensorflow/tfjs*` import.
   */
  readonly tf: Tf;
  readonly name: RuntimeName;
  /**
   * Versions of what computes, for the attempt's record: `tfjs`, and `tfjs-node` with
   * `libtensorflow` where they compute.
   */
  readonly versions: Readonly<Record<string, string>>;
}
