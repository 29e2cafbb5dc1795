import { defineOperator } from './defineOperator.ts';
import { smoothable } from './customLosses.ts';
import { lossHelper } from './lossHelper.ts';
import { lossIdeas } from './losses.ts';

const RARE = 0.6;

const focalHelper = lossHelper(
  'focalLoss',
  `/** Cross-entropy that counts what is known well already for little (Lin et al., 2017; γ = 2). */
function focalLoss(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const probabilities = tf.clipByValue(yPred, 1e-7, 1);
  const weights = tf.square(tf.sub(1, probabilities));
  return tf.neg(tf.mean(tf.sum(tf.mul(yTrue, tf.mul(weights, tf.log(probabilities))), -1)));
}`,
  `def focalLoss(y_true, y_pred):
    """Cross-entropy that counts what is known well already for little (Lin et al., 2017)."""
    probabilities = ops.clip(y_pred, 1e-7, 1.0)
    weights = ops.square(1.0 - probabilities)
    return -ops.mean(ops.sum(y_true * weights * ops.log(probabilities), axis=-1))`,
  `def focalLoss(logits, y_true):
    """Cross-entropy that counts what is known well already for little (Lin et al., 2017)."""
    surprise = F.cross_entropy(logits, y_true, reduction="none")
    return ((1.0 - torch.exp(-surprise)) ** 2 * surprise).mean()`,
);

/** Rows that are told with ease count little: the rare class is heard. */
export const focalLoss = defineOperator({
  name: 'focal-loss',
  family: 'loss',
  source: 'Lin et al., Focal Loss for Dense Object Detection, 2017 (arXiv 1708.02002)',
  answers: { 'class-collapse': 0.7, 'metric-loss-disagree': 0.4, plateau: 0.2 },
  calledBy: { imbalance: 0.75 },
  base: 0.1,
  gain: 0.12,
  ideas(context) {
    const shares = context.network.data?.classShares ?? [];
    const rarest = Math.min(...shares);
    return !smoothable(context) || shares.length < 2 || rarest * shares.length > RARE
      ? []
      : lossIdeas(context, {
          loss: { kind: 'helper', helper: focalHelper },
          words: 'the focal loss',
          why:
            `counts rows that are told well already for little: the rarest class is ` +
            `${Math.round(rarest * 100)} % of the rows, and is heard then`,
        });
  },
});

/** The absolute error: a quantile loss at one half, so that the median is learned. */
export const absoluteLoss = defineOperator({
  name: 'absolute-loss',
  family: 'loss',
  source: 'Koenker & Bassett, Regression Quantiles, 1978',
  answers: { 'noisy-validation': 0.4, oscillation: 0.3, divergence: 0.35, overfitting: 0.15 },
  calledBy: { outliers: 0.6 },
  base: 0.08,
  gain: 0.1,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: { kind: 'named', name: 'meanAbsoluteError' },
          words: 'the absolute error',
          why: 'learns the median instead of the mean, which single far values do not move',
        }),
});
