import { sideBySide } from '../data/sideBySide.ts';
import type { OutputLayout } from '../data/types.ts';
import type { Tensor, Tf } from '../tf.ts';

/** How class targets are handed to the loss. */
export type TargetForm = 'one-hot' | 'class-number';

/** The targets of one output, in the form the loss wants. */
export function targetTensor(
  tf: Tf,
  values: Float32Array,
  { output, form }: { readonly output: OutputLayout; readonly form: TargetForm },
): Tensor {
  const rows = values.length / output.width;
  const { shape, units, task } = output;
  if (task !== 'classification') return tf.tensor(values.slice(), [rows, ...shape]);
  const places = shape.slice(0, -1);
  if (form === 'class-number') return tf.tensor(values.slice(), [rows, ...places, 1]);
  const hot = new Float32Array(values.length * units);
  values.forEach((label, at) => hot.fill(1, at * units + label, at * units + label + 1));
  return tf.tensor(hot, [rows, ...places, units]);
}

/** Targets of a streamed batch in the form the loss wants. */
export function formedBatch(
  tf: Tf,
  ys: Tensor,
  { output, form }: { readonly output: OutputLayout; readonly form: TargetForm },
): Tensor {
  const values = labelled(output, ys);
  ys.dispose();
  return targetTensor(tf, values, { output, form });
}

/** Targets of a streamed batch side by side: class numbers, or the numbers themselves. */
export const labelledRows = (
  outputs: readonly OutputLayout[],
  ys: readonly Tensor[],
): Float32Array =>
  sideBySide(
    outputs.map((output, index) => ({
      values: ys[index] ? labelled(output, ys[index]) : new Float32Array(),
      rows: ys[index]?.shape[0] ?? 0,
      shape: [output.width],
    })),
    'targets',
  ).values;

function labelled({ task, units, width }: OutputLayout, ys: Tensor): Float32Array {
  const values = Float32Array.from(ys.dataSync());
  const rows = ys.shape[0] ?? 0;
  if (task !== 'classification' || values.length === rows * width) return values;
  const labels = new Float32Array(rows * width);
  for (let index = 0; index < values.length; index += 1)
    if (values[index] === 1) labels[Math.floor(index / units)] = index % units;
  return labels;
}
