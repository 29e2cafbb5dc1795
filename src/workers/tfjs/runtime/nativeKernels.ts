import type { Tensor2D } from '@tensorflow/tfjs';
import { seededRandom } from '../../../util/seededRandom.ts';
import type { Tensor, Tf } from '../tf.ts';

/**
 * Samples `tf.multinomial` here instead of in TensorFlow: its own kernel goes on where an earlier
 * call of the same seed ended, and tfjs-node hands it fractions between 0 and 1 as seed 0, which
 * means "from the clock".
 */
export function seedNativeKernels(tf: Tf): void {
  tf.unregisterKernel('Multinomial', 'tensorflow');
  tf.registerKernel({
    kernelName: 'Multinomial',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const logits = inputs.logits as Tensor2D;
        const probabilities = attrs?.normalized === true ? logits : tf.softmax(logits);
        return samples(tf, probabilities, Number(attrs?.numSamples), Number(attrs?.seed));
      }),
  });
}

function samples(tf: Tf, probabilities: Tensor2D, count: number, seed: number): Tensor {
  const random = seededRandom(Number.isInteger(seed) ? seed : Math.floor(seed * 0x7fffffff));
  const rows = probabilities.arraySync();
  return tf.tensor2d(
    rows.map((row) => Array.from({ length: count }, () => outcome(row, random.next()))),
    [rows.length, count],
    'int32',
  );
}

/** The first outcome whose cumulative probability exceeds `draw`. */
function outcome(row: readonly number[], draw: number): number {
  let cumulative = 0;
  const index = row.findIndex((probability) => (cumulative += probability) > draw);
  return index >= 0 ? index : row.length - 1;
}
