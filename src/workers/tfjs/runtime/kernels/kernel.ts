import type { NamedAttrMap, NamedTensorInfoMap, Tensor4D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { Pair } from './convolutionGeometry.ts';

/**
 * A kernel written with operations that the backend has. `compute` runs inside a tidy; only what it
 * returns is kept.
 */
export interface ComposedKernel {
  /** The kernel's name in TensorFlow.js. */
  readonly name: string;
  readonly compute: (
    tf: Tf,
    inputs: NamedTensorInfoMap,
    attributes: NamedAttrMap,
    original: OriginalKernel,
  ) => Tensor;
}

/** The backend's own kernel of that name; throws where it has none. */
export type OriginalKernel = (inputs: NamedTensorInfoMap, attributes: NamedAttrMap) => Tensor;

/**
 * Shifts images to start `before` rows and columns earlier and makes them `size` large: zeros where
 * the image ends, cropped where it is larger. Negative `before` crops.
 */
export function fitImages(tf: Tf, images: Tensor4D, before: Pair, size: Pair): Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const rows = fitAxis(before[0], height, size[0]);
  const columns = fitAxis(before[1], width, size[1]);
  const cropped = tf.slice(
    images,
    [0, rows.start, columns.start, 0],
    [batch, rows.length, columns.length, channels],
  );
  return tf.pad4d(cropped, [[0, 0], rows.zeros, columns.zeros, [0, 0]]);
}

function fitAxis(
  before: number,
  length: number,
  size: number,
): { start: number; length: number; zeros: [number, number] } {
  const start = Math.max(0, -before);
  const zerosBefore = Math.min(size, Math.max(0, before));
  const kept = Math.max(0, Math.min(length - start, size - zerosBefore));
  return { start, length: kept, zeros: [zerosBefore, size - zerosBefore - kept] };
}

/** Puts `strides - 1` rows and columns of zeros after each row and column. */
export function spreadOut(tf: Tf, images: Tensor4D, strides: Pair): Tensor4D {
  if (strides[0] === 1 && strides[1] === 1) return images;
  const [batch, height, width, channels] = images.shape;
  const columns = tf.pad(tf.reshape(images, [batch * height * width, 1, channels]), [
    [0, 0],
    [0, strides[1] - 1],
    [0, 0],
  ]);
  const rows = tf.pad(tf.reshape(columns, [batch * height, 1, width * strides[1] * channels]), [
    [0, 0],
    [0, strides[0] - 1],
    [0, 0],
  ]);
  return tf.reshape(rows, [batch, height * strides[0], width * strides[1], channels]);
}
