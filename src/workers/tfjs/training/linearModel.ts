import { inputWidth, type ArrayData, type Part } from '../data/types.ts';
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
 * Teboulle 2009, FISTA). `null` for inputs of more than a thousand features, and for what is no
 * single class or list of numbers.
 */
export async function linearOutputs(
  tf: Tf,
  data: ArrayData,
): Promise<{ readonly values: ArrayLike<number>; readonly reading: 'logits' } | null> {
  const features = inputWidth(data.inputs);
  const [output, ...others] = data.outputs;
  const isOther = output?.task === 'multi-label' || !output || others.length > 0;
  const isSequence = output?.task === 'classification' && output.width > 1;
  if (features > MOST_FEATURES || isOther || isSequence) return null;
  const { units, width, task } = output;
  const train = thinned(data.train, features * units, width);
  const [inputs, validation] = standardized(tf, [train, data.validation], features);
  const weights =
    task === 'regression'
      ? await ridge(tf, inputs, tf.tensor2d(train.targets, [train.rows, units]))
      : logistic(tf, inputs, oneHot(tf, train, units));
  return { values: await tf.matMul(validation, weights).data(), reading: 'logits' };
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
    weights: null,
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
