import { defineOperator } from './defineOperator.ts';
import { lossHelper, lossIdeas } from './swapLoss.ts';

const helper = lossHelper(
  'huberLoss',
  `/** Quadratic for errors up to 1, linear beyond (Huber, 1964). */
function huberLoss(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  return tf.losses.huberLoss(yTrue, yPred);
}`,
);

/** The Huber loss for regression: outliers pull with a bounded force. */
export const huberLoss = defineOperator({
  name: 'huber-loss',
  family: 'loss',
  source: 'Huber, Robust Estimation of a Location Parameter, 1964',
  answers: {
    divergence: 0.6,
    oscillation: 0.5,
    'not-a-number': 0.5,
    'noisy-validation': 0.4,
    overfitting: 0.25,
  },
  base: 0.12,
  gain: 0.15,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: { kind: 'helper', helper },
          words: 'the Huber loss',
          why:
            'is quadratic for small errors and linear for large ones, so that single outliers ' +
            'cannot dominate a batch',
        }),
});
