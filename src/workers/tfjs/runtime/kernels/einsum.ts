import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';

/**
 * Einstein summation of one or two tensors, step by step along the path TensorFlow.js plans:
 * products of broadcast tensors, then sums.
 */
export const einsum: ComposedKernel = {
  name: 'Einsum',
  compute: (tf, inputs, attributes) =>
    summation(tf, Object.values(inputs) as Tensor[], String(attributes.equation)),
};

function summation(tf: Tf, tensors: readonly Tensor[], equation: string): Tensor {
  const { allDims, summedDims, idDims } = tf.backend_util.decodeEinsumEquation(
    equation,
    tensors.length,
  );
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, [...tensors]);
  const { path, steps } = tf.backend_util.getEinsumComputePath(summedDims, idDims);
  let result: Tensor = tf.scalar(1);
  let remaining = allDims.length;
  for (const [index, terms] of steps.entries()) {
    for (const term of terms)
      result = tf.mul(result, aligned(tf, tensors[term], remaining, idDims[term]));
    if (index === steps.length - 1) break;
    const axis = path[index] ?? -1;
    if (axis >= 0) result = tf.sum(result, axis - (allDims.length - remaining));
    remaining -= 1;
  }
  return result;
}

/**
 * `tensor` with its axes in the equation's order, and axes of length 1 where the equation names one
 * it does not have.
 */
function aligned(
  tf: Tf,
  tensor: Tensor | undefined,
  dimensions: number,
  own: number[] | undefined,
): Tensor {
  if (!tensor || !own) throw new Error('The equation names more tensors than it was given.');
  const { permutationIndices, expandDims } = tf.backend_util.getEinsumPermutation(dimensions, own);
  const shape = permutationIndices.map((axis) => tensor.shape[axis] ?? 1);
  for (const axis of expandDims) shape.splice(axis, 0, 1);
  return tf.reshape(tf.transpose(tensor, permutationIndices), shape);
}
