import type { ArrayData, StudyData } from '../data/types.ts';
import type { Tensor, Tf } from '../tf.ts';

/** How class targets are handed to the loss. */
export type TargetForm = 'one-hot' | 'class-number';

/** The targets of rows, in the form the loss wants. */
export function targetTensor(tf: Tf, data: ArrayData, form: TargetForm): Tensor {
  const { targets, rows } = data.train;
  const shape = data.outputShape ?? [data.outputUnits];
  if (data.task === 'regression') return tf.tensor(targets.slice(), [rows, ...shape]);
  if (form === 'class-number') return tf.tensor(targets.slice(), [rows, 1]);
  const values = new Float32Array(rows * data.outputUnits);
  targets.forEach((label, row) =>
    values.fill(1, row * data.outputUnits + label, row * data.outputUnits + label + 1),
  );
  return tf.tensor(values, [rows, data.outputUnits]);
}

/**
 * Targets of a streamed batch as the evaluator wants them: class numbers, or the numbers
 * themselves.
 */
export function labelled(
  data: Pick<StudyData, 'task' | 'outputUnits'>,
  ys: Tensor,
): ArrayLike<number> {
  const values = ys.dataSync();
  const width = values.length / (ys.shape[0] ?? 1);
  if (data.task === 'regression' || width === 1) return values;
  const labels = new Float32Array(values.length / width);
  for (let index = 0; index < values.length; index += 1)
    if (values[index] === 1) labels[Math.floor(index / width)] = index % width;
  return labels;
}
