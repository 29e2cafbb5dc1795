import type { LossSpec } from '../../model/edits.ts';
import { ownActivation } from '../../model/layerArguments.ts';
import { defineOperator } from './defineOperator.ts';
import { lossHelper } from './lossHelper.ts';
import type { Idea } from './operator.ts';
import { type OperatorContext, canCompile, isTorch } from './operatorContext.ts';
import { lossName } from './task.ts';
import { compileWith, usualLoss } from './training.ts';

/** A loss to be tried, and the words for it. */
interface LossSwap {
  readonly loss: LossSpec;
  /** As people call it: `the Huber loss`. */
  readonly words: string;
  readonly why: string;
}

/**
 * The one idea of an operator that exchanges the loss; none where it is in use already, or where
 * the model file has no `tf`. A `val_loss` objective stays comparable: the trainer measures it by
 * the study's own loss, whatever a variant trains with.
 */
export function lossIdeas(
  context: OperatorContext,
  { loss, words, why }: LossSwap,
): readonly Idea[] {
  const { architecture } = context.network;
  const present = lossName(architecture);
  const inUse =
    loss.kind === 'named' ? present === loss.name : architecture.helpers.includes(loss.helper.name);
  const writable = canCompile(architecture) && (loss.kind === 'named' || context.hasRuntimeName);
  if (inUse || !writable) return [];
  return [
    {
      title: `Train with ${words}`,
      edits: [compileWith(context, { loss })],
      variantKey: loss.kind === 'named' ? loss.name : loss.helper.name,
      because: `${words}${present ? ` in place of ${present}` : ''} ${why}`,
    },
  ];
}

/** The loss that is made for the task, where the builder uses a regression loss on classes. */
export const taskLoss = defineOperator({
  name: 'task-loss',
  family: 'loss',
  source: 'Golik, Doetsch & Ney, Cross-Entropy vs. Squared Error Training, 2013',
  answers: {
    'not-learning': 0.8,
    creeping: 0.6,
    'under-trained': 0.5,
    plateau: 0.4,
    'metric-loss-disagree': 0.5,
  },
  base: 0.5,
  gain: 0.5,
  ideas(context) {
    const loss = usualLoss(context);
    return !isMismatched(context)
      ? []
      : lossIdeas(context, {
          loss: { kind: 'named', name: loss },
          words: loss,
          why:
            'keeps its gradient where a probability is confidently wrong; the squared error ' +
            'loses it there',
        });
  },
});

function isMismatched({ network, task }: OperatorContext): boolean {
  const output = network.head[0];
  const probabilities =
    output !== undefined && ['softmax', 'sigmoid'].includes(ownActivation(output));
  return (
    task === 'classification' &&
    probabilities &&
    ['meanSquaredError', 'meanAbsoluteError'].includes(lossName(network.architecture) ?? '')
  );
}

const helper = lossHelper(
  'huberLoss',
  `/** Quadratic for errors up to 1, linear beyond (Huber, 1964). */
function huberLoss(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  return tf.losses.huberLoss(yTrue, yPred);
}`,
  `def huberLoss(y_true, y_pred):
    """Quadratic for errors up to 1, linear beyond (Huber, 1964)."""
    error = ops.abs(y_pred - y_true)
    return ops.mean(ops.where(error <= 1.0, 0.5 * ops.square(error), error - 0.5), axis=-1)`,
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
  calledBy: { outliers: 0.8 },
  base: 0.12,
  gain: 0.15,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: isTorch(context) ? { kind: 'named', name: 'huber' } : { kind: 'helper', helper },
          words: 'the Huber loss',
          why:
            'is quadratic for small errors and linear for large ones, so that single outliers ' +
            'cannot dominate a batch',
        }),
});

/** The log-cosh loss for regression: a smooth Huber. */
export const logCosh = defineOperator({
  name: 'log-cosh',
  family: 'loss',
  source:
    'Saleh & Saleh, Statistical Properties of the log-cosh Loss Function, 2022 (arXiv 2208.04564)',
  answers: { divergence: 0.5, oscillation: 0.45, 'noisy-validation': 0.35, overfitting: 0.2 },
  calledBy: { outliers: 0.55 },
  base: 0.1,
  gain: 0.12,
  ideas: (context) =>
    context.task !== 'regression'
      ? []
      : lossIdeas(context, {
          loss: { kind: 'named', name: 'logcosh' },
          words: 'the log-cosh loss',
          why:
            'grows linearly for large errors and is smooth everywhere, ' +
            'so gradients stay bounded',
        }),
});
