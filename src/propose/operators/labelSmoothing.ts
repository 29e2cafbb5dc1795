import { defineOperator } from './defineOperator.ts';
import { ownActivation } from '../../model/layerArguments.ts';
import type { OperatorContext } from './operatorContext.ts';
import { lossHelper, lossIdeas } from './swapLoss.ts';
import { lossName } from './task.ts';

const helper = lossHelper(
  'smoothedCrossentropy',
  `/** Categorical cross-entropy against targets smoothed by 0.1 (Szegedy et al., 2015). */
function smoothedCrossentropy(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const smoothed = tf.add(tf.mul(yTrue, 0.9), 0.1 / (yTrue.shape.at(-1) ?? 1));
  const logarithms = tf.log(tf.clipByValue(yPred, 1e-7, 1));
  return tf.neg(tf.mean(tf.sum(tf.mul(smoothed, logarithms), -1)));
}`,
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
          loss: { kind: 'helper', helper },
          words: 'label smoothing 0.1',
          why:
            'asks for 0.9 instead of 1 on the right class, so that the model gains nothing by ' +
            'growing ever more certain of the rows it has seen',
        }),
});

/** One-hot targets against probabilities: what the helper's formula is written for. */
function smoothable({ network }: OperatorContext): boolean {
  const [output, ...behind] = network.head;
  const softmax =
    behind.length === 0
      ? output && ownActivation(output) === 'softmax'
      : behind.at(-1)?.type === 'softmax';
  return lossName(network.architecture) === 'categoricalCrossentropy' && softmax === true;
}
