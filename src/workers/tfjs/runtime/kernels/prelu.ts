import type { Tensor } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';

/**
 * `max(x, 0) + alpha · min(x, 0)`. tfjs-backend-wasm 4.22 has this kernel, but it is wrong where
 * `alpha` is shared along the last axis.
 */
export const prelu: ComposedKernel = {
  name: 'Prelu',
  compute: (tf, { x, alpha }) =>
    tf.sub(tf.relu(x as Tensor), tf.mul(alpha as Tensor, tf.relu(tf.neg(x as Tensor)))),
};
