import type { LayersModel, Tensor, Tf } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';

/** Outputs that differ by no more are the same but for rounding. */
const ROUNDING = 1e-4;

/**
 * Throws a fault where a model that is to foretell what comes next, here on a few rows of its
 * input, answers otherwise once what comes next is another: it reads the answer, and what it
 * reaches says nothing.
 */
export function requireNoForesight(
  tf: Tf,
  model: Pick<LayersModel, 'predict'>,
  [rows]: readonly Tensor[],
): void {
  if (!rows || !looksAhead(tf, model, rows)) return;
  throw new VariantFault(
    'builder',
    'The model looks ahead: what it says at a step changes with the steps behind it, which are ' +
      'what it is asked to foretell. Let layers see the steps before alone: no bidirectional ' +
      "layer, no attention or transform over all steps, and in place of padding: 'same' over " +
      'steps zeros in front of them (zeroPadding2d).',
  );
}

/** The second half of a row is taken from the next; what is said of the first half must stay. */
function looksAhead(tf: Tf, model: Pick<LayersModel, 'predict'>, rows: Tensor): boolean {
  const steps = rows.shape[1] ?? 0;
  const half = Math.floor(steps / 2);
  return tf.tidy(() => {
    const [first, second] = tf.split(rows, [half, steps - half], 1) as [Tensor, Tensor];
    const others = tf.concat([tf.slice(second, 1), tf.slice(second, 0, 1)]);
    const [own, other] = [rows, tf.concat([first, others], 1)].map((each) => {
      const [said] = [model.predict(each)].flat() as [Tensor];
      return tf.slice(said, 0, [-1, half]);
    }) as [Tensor, Tensor];
    const [apart = 0] = tf.max(tf.abs(tf.sub(own, other))).dataSync();
    return apart > ROUNDING;
  });
}
