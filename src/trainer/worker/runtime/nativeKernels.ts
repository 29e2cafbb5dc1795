import type { Tf } from '../tf.ts';

/**
 * tfjs-node hands TensorFlow's own sampling kernel a fraction between 0 and 1 as an integer seed, so 0, which means
 * "from the clock". This gives it a whole number drawn from the seed it was given.
 */
export function seedNativeKernels(tf: Tf): void {
  const native = tf.getKernel('Multinomial', 'tensorflow');
  tf.unregisterKernel('Multinomial', 'tensorflow');
  tf.registerKernel({
    ...native,
    kernelFunc: ({ attrs, ...rest }) => native.kernelFunc({ ...rest, attrs: { ...attrs, seed: wholeSeed(Number(attrs?.seed)) } }),
  });
}

const wholeSeed = (seed: number): number => (Number.isInteger(seed) && seed !== 0 ? seed : 1 + Math.floor(Math.abs(seed) * 0x7ffffffe));
