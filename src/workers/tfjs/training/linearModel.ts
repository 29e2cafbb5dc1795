import type { ArrayData, Part } from '../data/types.ts';
import type { Tensor, Tf } from '../tf.ts';
import { ridge } from './ridge.ts';
import { logistic } from './logistic.ts';

/**
 * Rows × features × outputs beyond which the training part is thinned: a reference may take a
 * second or two, no more.
 */
const MOST_WORK = 4e7;

const MOST_FEATURES = 1_000;

/**
 * Outputs of a linear model on the validation part, row after row: ridge regression by its normal
 * equations, or multinomial logistic regression (logits) by accelerated gradient steps (Beck and
 * Teboulle 2009, FISTA). `null` for inputs of more than a thousand features.
 */
export async function linearOutputs(tf: Tf, data: ArrayData): Promise<ArrayLike<number> | null> {
  const features = data.inputShape.reduce((product, size) => product * size, 1);
  if (features > MOST_FEATURES) return null;
  const train = thinned(
    data.train,
    features * data.outputUnits,
    data.task === 'regression' ? data.outputUnits : 1,
  );
  const [inputs, validation] = standardized(tf, [train, data.validation], features);
  const weights =
    data.task === 'regression'
      ? await ridge(tf, inputs, tf.tensor2d(train.targets, [train.rows, data.outputUnits]))
      : logistic(tf, inputs, oneHot(tf, train, data.outputUnits));
  return tf.matMul(validation, weights).data();
}

/**
 * Every so-manieth row, so that the work stays bounded; the rows were shuffled when they were
 * split.
 */
function thinned(part: Part, perRow: number, width: number): Part {
  const rows = Math.min(part.rows, Math.max(100, Math.floor(MOST_WORK / perRow)));
  const size = part.inputs.length / part.rows;
  return {
    rows,
    inputs: part.inputs.slice(0, rows * size),
    targets: part.targets.slice(0, rows * width),
  };
}

/** Both parts scaled by the first one's means and deviations, with a column of ones at the end. */
function standardized(
  tf: Tf,
  [train, other]: readonly [Part, Part],
  features: number,
): [Tensor, Tensor] {
  const [first, second] = [train, other].map((part) =>
    tf.tensor2d(part.inputs, [part.rows, features]),
  ) as [Tensor, Tensor];
  const { mean, variance } = tf.moments(first, 0);
  const deviation = tf.sqrt(tf.where(tf.greater(variance, 1e-12), variance, tf.onesLike(variance)));
  const scaled = (part: Tensor): Tensor =>
    tf.concat([tf.div(tf.sub(part, mean), deviation), tf.ones([part.shape[0] ?? 0, 1])], 1);
  return [scaled(first), scaled(second)];
}

const oneHot = (tf: Tf, { rows, targets }: Part, units: number): Tensor =>
  tf.cast(
    tf.oneHot(tf.tensor1d(Int32Array.from(targets.subarray(0, rows)), 'int32'), units),
    'float32',
  );
