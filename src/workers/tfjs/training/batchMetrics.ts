import type { OutputLayout } from '../data/types.ts';
import type { Tensor, Tf } from '../tf.ts';
import { EPSILON, type Reading } from './evaluator.ts';

/**
 * A metric `fit` averages over the batches of an epoch; the function's name is its key in the logs.
 */
type Metric = (truth: Tensor, prediction: Tensor) => Tensor;

/** Key under which the study's loss on the training batches arrives from `fit`. */
export const STUDY_LOSS = 'study_loss';

/**
 * The evaluator's measures on training batches, as tensor functions: the same study for `loss` as
 * for `val_loss`.
 */
export function batchMetrics(
  tf: Tf,
  {
    output: { task, units },
    reading,
  }: { readonly output: OutputLayout; readonly reading: Reading },
): Metric[] {
  if (task === 'regression') {
    return [
      named(STUDY_LOSS, (truth, prediction) => tf.mean(tf.square(tf.sub(truth, prediction)))),
      named('mae', (truth, prediction) => tf.mean(tf.abs(tf.sub(truth, prediction)))),
    ];
  }
  if (task === 'multi-label' || reading === 'one-unit' || reading === 'one-unit-logits')
    return labelMetrics(tf, reading);
  const oneHot = (truth: Tensor): Tensor =>
    truth.shape.at(-1) === units
      ? truth
      : tf.oneHot(tf.cast(tf.squeeze(truth, [truth.rank - 1]), 'int32'), units);
  const share = (positive: Tensor): Tensor => tf.div(positive, tf.sum(positive, -1, true));
  const logarithm = (prediction: Tensor): Tensor =>
    reading === 'logits'
      ? tf.logSoftmax(prediction)
      : tf.log(tf.clipByValue(share(tf.relu(prediction)), EPSILON, 1 - EPSILON));
  return [
    named(STUDY_LOSS, (truth, prediction) =>
      tf.neg(tf.mean(tf.sum(tf.mul(oneHot(truth), logarithm(prediction)), -1))),
    ),
    named('accuracy', (truth, prediction) =>
      tf.mean(
        tf.cast(tf.equal(tf.argMax(oneHot(truth), -1), tf.argMax(prediction, -1)), 'float32'),
      ),
    ),
  ];
}

/** Each output by itself: the probability (or its logit) that a label holds. */
function labelMetrics(tf: Tf, reading: Reading): Metric[] {
  const isLogit = reading === 'logits' || reading === 'one-unit-logits';
  const sureOf = (prediction: Tensor): Tensor => (isLogit ? tf.sigmoid(prediction) : prediction);
  const surprise = (truth: Tensor, prediction: Tensor): Tensor => {
    const sure = tf.clipByValue(sureOf(prediction), EPSILON, 1 - EPSILON);
    const holds = tf.mul(truth, tf.log(sure));
    return tf.neg(tf.mean(tf.add(holds, tf.mul(tf.sub(1, truth), tf.log(tf.sub(1, sure))))));
  };
  return [
    named(STUDY_LOSS, surprise),
    named('accuracy', (truth, prediction) =>
      tf.mean(
        tf.cast(tf.equal(tf.greater(sureOf(prediction), 0.5), tf.greater(truth, 0.5)), 'float32'),
      ),
    ),
  ];
}

const named = (name: string, metric: Metric): Metric =>
  Object.defineProperty(metric, 'name', { value: name });
