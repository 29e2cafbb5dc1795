import type { Tensor, Tf } from '../tf.ts';

const STEPS = 300;

const PENALTY = 1e-4;

/** Fits a multinomial logistic regression by gradient descent, with a small penalty. */
export function logistic(tf: Tf, inputs: Tensor, targets: Tensor): Tensor {
  const rows = inputs.shape[0] ?? 1;
  const step = 1 / (0.5 * largestEigenvalue(tf, inputs) + PENALTY);
  let weights = tf.zeros([inputs.shape[1] ?? 0, targets.shape[1] ?? 0]);
  let ahead = weights;
  for (let count = 1; count <= STEPS; count += 1) {
    const momentum = (count - 1) / (count + 2);
    [weights, ahead] = tf.tidy(() => {
      const slope = tf.add(
        tf.div(
          tf.matMul(inputs, tf.sub(tf.softmax(tf.matMul(inputs, ahead)), targets), true),
          rows,
        ),
        tf.mul(ahead, PENALTY),
      );
      const next = tf.sub(ahead, tf.mul(slope, step));
      return [next, tf.add(next, tf.mul(tf.sub(next, weights), momentum))] as [Tensor, Tensor];
    });
  }
  return weights;
}

/** Of XᵀX / n, by thirty power iterations, with a tenth on top for safety. */
function largestEigenvalue(tf: Tf, inputs: Tensor): number {
  return tf.tidy(() => {
    let vector: Tensor = tf.ones([inputs.shape[1] ?? 0, 1]);
    let norm: Tensor = tf.scalar(1);
    for (let count = 0; count < 30; count += 1) {
      vector = tf.div(tf.matMul(inputs, tf.matMul(inputs, vector), true), inputs.shape[0] ?? 1);
      norm = tf.norm(vector);
      vector = tf.div(vector, norm);
    }
    return 1.1 * (norm.dataSync()[0] ?? 1);
  });
}
