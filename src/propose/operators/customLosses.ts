import { ownActivation } from '../../model/layerArguments.ts';
import { defineOperator } from './defineOperator.ts';
import { lossHelper } from './lossHelper.ts';
import { lossIdeas } from './losses.ts';
import { isTorch, type OperatorContext } from './operatorContext.ts';
import { lossName } from './task.ts';

const smoothingHelper = lossHelper(
  'smoothedCrossentropy',
  `/** Categorical cross-entropy against targets smoothed by 0.1 (Szegedy et al., 2015). */
function smoothedCrossentropy(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const smoothed = tf.add(tf.mul(yTrue, 0.9), 0.1 / (yTrue.shape.at(-1) ?? 1));
  const logarithms = tf.log(tf.clipByValue(yPred, 1e-7, 1));
  return tf.neg(tf.mean(tf.sum(tf.mul(smoothed, logarithms), -1)));
}`,
  `def smoothedCrossentropy(y_true, y_pred):
    """Categorical cross-entropy against targets smoothed by 0.1 (Szegedy et al., 2015)."""
    smoothed = y_true * 0.9 + 0.1 / y_pred.shape[-1]
    logarithms = ops.log(ops.clip(y_pred, 1e-7, 1.0))
    return -ops.mean(ops.sum(smoothed * logarithms, axis=-1))`,
  `def smoothedCrossentropy(logits, y_true):
    """Cross-entropy against targets smoothed by 0.1 (Szegedy et al., 2015)."""
    return F.cross_entropy(logits, y_true, label_smoothing=0.1)`,
);

/** Targets of 0.9 instead of 1: the model need not become infinitely sure. */
export const labelSmoothing = defineOperator({
  name: 'label-smoothing',
  family: 'loss',
  source:
    'Szegedy et al., Rethinking the Inception Architecture, 2015 (arXiv 1512.00567), section 7',
  answers: {
    overfitting: 0.55,
    'metric-loss-disagree': 0.5,
    'train-validation-gap': 0.3,
    underfitting: -0.4,
    'under-trained': -0.2,
  },
  base: 0.12,
  gain: 0.15,
  ideas: (context) =>
    !smoothable(context)
      ? []
      : lossIdeas(context, {
          loss: { kind: 'helper', helper: smoothingHelper },
          words: 'label smoothing 0.1',
          why:
            'asks for 0.9 instead of 1 on the right class, so that the model gains nothing by ' +
            'growing ever more certain of the rows it has seen',
        }),
});

/**
 * What the helpers' formulas are written for: one-hot targets against probabilities; in PyTorch,
 * numbers of classes against logits.
 */
export function smoothable(context: OperatorContext): boolean {
  const { network } = context;
  const [output, ...behind] = network.head;
  if (isTorch(context))
    return (
      lossName(network.architecture) === 'sparseCategoricalCrossentropy' &&
      [output, ...behind].every((layer) => !layer || !/softmax/i.test(layer.type))
    );
  const softmax =
    behind.length === 0
      ? output && ownActivation(output) === 'softmax'
      : behind.at(-1)?.type === 'softmax';
  return lossName(network.architecture) === 'categoricalCrossentropy' && softmax === true;
}

const pearsonHelper = lossHelper(
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
  `def huberPearsonLoss(y_true, y_pred):
    """Huber loss plus 1 - r, Pearson's correlation over the batch, averaged over the outputs."""
    error = ops.abs(y_pred - y_true)
    huber = ops.mean(ops.where(error <= 1.0, 0.5 * ops.square(error), error - 0.5))
    truth = y_true - ops.mean(y_true, axis=0, keepdims=True)
    prediction = y_pred - ops.mean(y_pred, axis=0, keepdims=True)
    covariance = ops.sum(truth * prediction, axis=0)
    variances = ops.sum(ops.square(truth), axis=0) * ops.sum(ops.square(prediction), axis=0)
    return huber + ops.mean(1.0 - covariance / ops.sqrt(variances + 1e-8))`,
);

/** Huber plus correlation: right in size and right in rank. */
export const huberPearson = defineOperator({
  name: 'huber-pearson-loss',
  family: 'loss',
  source:
    'Huber, Robust Estimation of a Location Parameter, 1964; Pearson, Notes on Regression and ' +
    'Inheritance in the Case of Two Parents, 1895: the correlation',
  answers: { plateau: 0.35, underfitting: 0.3, 'metric-loss-disagree': 0.5, 'not-learning': 0.2 },
  base: 0.1,
  gain: 0.12,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: { kind: 'helper', helper: pearsonHelper },
          words: 'the Huber loss plus Pearson correlation',
          why:
            'asks for the right order and proportion of the targets as well as for their size, ' +
            'which keeps a gradient where the mean error alone is flat',
        }),
});

const FEWEST_OUTPUTS = 4;

const variationHelper = lossHelper(
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
  `def mseTotalVariationLoss(y_true, y_pred):
    """Mean squared error plus 0.01 times the total variation between neighbouring outputs."""
    steps = y_pred[..., 1:] - y_pred[..., :-1]
    return ops.mean(ops.square(y_pred - y_true)) + 0.01 * ops.mean(ops.abs(steps))`,
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
          loss: { kind: 'helper', helper: variationHelper },
          words: 'mean squared error plus total variation',
          why:
            `charges for jumps between the ${context.network.data?.outputUnits ?? 0} ` +
            'neighbouring outputs, so a curve stays smooth where the data is noisy',
        }),
});
