import { defineOperator } from './defineOperator.ts';
import { lossHelper, lossIdeas } from './swapLoss.ts';

const FEWEST_OUTPUTS = 4;

const helper = lossHelper(
  'mseTotalVariationLoss',
  `/**
 * Mean squared error plus 0.01 times the total variation between neighbouring outputs (Rudin,
 * Osher & Fatemi, 1992).
 */
function mseTotalVariationLoss(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const points = yPred.shape.at(-1) ?? 1;
  const curves = tf.reshape(yPred, [-1, points]);
  const right = tf.slice(curves, [0, 1], [-1, points - 1]);
  const steps = tf.sub(right, tf.slice(curves, [0, 0], [-1, points - 1]));
  return tf.add(tf.mean(tf.square(tf.sub(yPred, yTrue))), tf.mul(0.01, tf.mean(tf.abs(steps))));
}`,
);

/** Mean squared error plus total variation: for outputs that form a curve. */
export const mseTotalVariation = defineOperator({
  name: 'mse-total-variation-loss',
  family: 'loss',
  source: 'Rudin, Osher & Fatemi, Nonlinear Total Variation Based Noise Removal, 1992',
  answers: { overfitting: 0.4, 'noisy-validation': 0.4, 'train-validation-gap': 0.25 },
  base: 0.1,
  gain: 0.12,
  ideas: (context) =>
    context.task !== 'regression' || (context.network.data?.outputUnits ?? 0) < FEWEST_OUTPUTS
      ? []
      : lossIdeas(context, {
          loss: { kind: 'helper', helper },
          words: 'mean squared error plus total variation',
          why:
            `charges for jumps between the ${context.network.data?.outputUnits ?? 0} ` +
            'neighbouring outputs, so a curve stays smooth where the data is noisy',
        }),
});
