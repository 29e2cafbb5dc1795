import { defineOperator } from './defineOperator.ts';
import { lossHelper, lossIdeas } from './swapLoss.ts';

const helper = lossHelper(
  'huberPearsonLoss',
  `/**
 * Huber loss plus 1 - r, Pearson's correlation of prediction and target over the batch, averaged
 * over the outputs.
 */
function huberPearsonLoss(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const truth = tf.sub(yTrue, tf.mean(yTrue, 0, true));
  const prediction = tf.sub(yPred, tf.mean(yPred, 0, true));
  const covariance = tf.sum(tf.mul(truth, prediction), 0);
  const variances = tf.mul(tf.sum(tf.square(truth), 0), tf.sum(tf.square(prediction), 0));
  const correlation = tf.div(covariance, tf.sqrt(tf.add(variances, 1e-8)));
  return tf.add(tf.losses.huberLoss(yTrue, yPred), tf.mean(tf.sub(1, correlation)));
}`,
);

/** Huber plus correlation: right in size and right in rank. */
export const huberPearson = defineOperator({
  name: 'huber-pearson-loss',
  family: 'loss',
  source:
    'Huber, 1964; Pearson correlation as a training loss: Saad et al., 2020 (arXiv 2010.06410)',
  answers: { plateau: 0.35, underfitting: 0.3, 'metric-loss-disagree': 0.5, 'not-learning': 0.2 },
  base: 0.1,
  gain: 0.12,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: { kind: 'helper', helper },
          words: 'the Huber loss plus Pearson correlation',
          why:
            'asks for the right order and proportion of the targets as well as for their size, ' +
            'which keeps a gradient where the mean error alone is flat',
        }),
});
