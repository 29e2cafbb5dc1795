import type { Tensor1D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';

/**
 * Sums the rows of `x` that share a segment (the gradient of an embedding): one scatter, which adds
 * where indices repeat. Rows whose segment is outside `[0, numSegments)` are dropped; they land in
 * one row more that is cut off.
 */
export const unsortedSegmentSum: ComposedKernel = {
  name: 'UnsortedSegmentSum',
  compute: (tf, inputs, attributes) =>
    segmentSum(tf, inputs as { x: Tensor; segmentIds: Tensor1D }, Number(attributes.numSegments)),
};

function segmentSum(
  tf: Tf,
  { x, segmentIds }: { x: Tensor; segmentIds: Tensor1D },
  segments: number,
): Tensor {
  const [rows = 1, ...rest] = x.shape;
  const inside = tf.logicalAnd(tf.greaterEqual(segmentIds, 0), tf.less(segmentIds, segments));
  const targets = tf.where(inside, segmentIds, tf.fill([rows], segments, 'int32'));
  const sums = tf.scatterND(tf.reshape(targets, [rows, 1]), x, [segments + 1, ...rest]);
  return tf.slice(
    sums,
    sums.shape.map(() => 0),
    [segments, ...rest],
  );
}
