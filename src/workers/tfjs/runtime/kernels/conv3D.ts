import type { NamedAttrMap, Tensor2D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import type { WindowInfo, Windows } from './windows.ts';
import { numbersOf, windowsOf } from './windows.ts';

/**
 * Gradients of a convolution over volumes, as matrix products of the windows laid out in rows.
 * tfjs-backend-wasm 4.22 has these kernels, but they are wrong for strides above 1 and, towards the
 * input, for every shape.
 */
export const conv3DGradients: readonly ComposedKernel[] = [
  {
    name: 'Conv3DBackpropFilterV2',
    compute: (tf, { x, dy }, attributes) =>
      filterGradient(tf, { x: x as Tensor, dy: dy as Tensor }, attributes),
  },
  {
    name: 'Conv3DBackpropInputV2',
    compute: (tf, { dy, filter }, attributes) =>
      inputGradient(tf, { dy: dy as Tensor, filter: filter as Tensor }, attributes),
  },
];

type Shape5D = [number, number, number, number, number];

interface Attributes {
  readonly strides: number | [number, number, number];
  readonly pad: 'same' | 'valid';
}

function windows(
  tf: Tf,
  inputShape: Shape5D,
  filterShape: Shape5D,
  attributes: NamedAttrMap,
): Windows {
  const { strides, pad } = attributes as unknown as Attributes;
  return windowsOf(
    tf.backend_util.computeConv3DInfo(inputShape, filterShape, strides, 1, pad) as WindowInfo,
  );
}

function filterGradient(
  tf: Tf,
  { x, dy }: { x: Tensor; dy: Tensor },
  attributes: NamedAttrMap,
): Tensor {
  const filterShape = attributes.filterShape as Shape5D;
  const rows = windowRows(tf, x, windows(tf, x.shape as Shape5D, filterShape, attributes));
  const gradients = tf.reshape(dy, [-1, filterShape[4]]) as Tensor2D;
  return tf.reshape(tf.matMul(rows, gradients, true), filterShape);
}

function inputGradient(
  tf: Tf,
  { dy, filter }: { dy: Tensor; filter: Tensor },
  attributes: NamedAttrMap,
): Tensor {
  const inputShape = attributes.inputShape as Shape5D;
  const outputs = filter.shape[4] ?? 1;
  const rows = tf.matMul(
    tf.reshape(dy, [-1, outputs]) as Tensor2D,
    tf.reshape(filter, [-1, outputs]) as Tensor2D,
    false,
    true,
  );
  return tf.tensor(
    sumOfRows(numbersOf(rows), windows(tf, inputShape, filter.shape as Shape5D, attributes)),
    inputShape,
  );
}

/** `[batch · outputs, cells · channels]`: what every window meets. */
function windowRows(tf: Tf, x: Tensor, moving: Windows): Tensor2D {
  const values = numbersOf(x);
  const rows = new Float32Array(moving.batch * moving.met.length * moving.channels);
  forEachMeeting(moving, (row, input) => {
    rows.set(values.subarray(input, input + moving.channels), row);
  });
  return tf.tensor2d(rows, [moving.batch * moving.outputVoxels, moving.cells * moving.channels]);
}

/** The reverse of {@link windowRows}: every voxel's sum over the windows that meet it. */
function sumOfRows(values: Float32Array, moving: Windows): Float32Array {
  const sums = new Float32Array(moving.batch * moving.inputVoxels * moving.channels);
  forEachMeeting(moving, (row, input) => {
    for (let channel = 0; channel < moving.channels; channel += 1) {
      sums[input + channel] = (sums[input + channel] ?? 0) + (values[row + channel] ?? 0);
    }
  });
  return sums;
}

/** Visits the first channel of every cell of every window that lies inside the input. */
function forEachMeeting(
  { batch, channels, inputVoxels, met }: Windows,
  visit: (row: number, input: number) => void,
): void {
  for (let sample = 0; sample < batch; sample += 1) {
    for (const [cell, voxel] of met.entries()) {
      if (voxel >= 0)
        visit((sample * met.length + cell) * channels, (sample * inputVoxels + voxel) * channels);
    }
  }
}
