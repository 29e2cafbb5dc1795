import type { NamedAttrMap, Tensor4D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import { numbersOf } from './windows.ts';

/**
 * Gradient of `resizeNearestNeighbor` (the default of `upSampling2d`): every pixel's sum over its
 * copies. The cpu backend of 4.22 gives other sums.
 */
export const resizeNearestNeighborGrad: ComposedKernel = {
  name: 'ResizeNearestNeighborGrad',
  compute: (tf, { images, dy }, attributes) =>
    sumOfCopies(tf, { images: images as Tensor4D, dy: dy as Tensor4D }, attributes),
};

function sumOfCopies(
  tf: Tf,
  { images, dy }: { images: Tensor4D; dy: Tensor4D },
  { alignCorners, halfPixelCenters }: NamedAttrMap,
): Tensor {
  // What each output pixel copies is asked of the forward pass: an image of pixel numbers, resized.
  const [batch, height, width, channels] = images.shape;
  const [, newHeight, newWidth] = dy.shape;
  const numbered = tf.reshape(tf.range(0, height * width, 1, 'float32'), [
    1,
    height,
    width,
    1,
  ]) as Tensor4D;
  const copied = numbersOf(
    tf.image.resizeNearestNeighbor(
      numbered,
      [newHeight, newWidth],
      alignCorners === true,
      halfPixelCenters === true,
    ),
  );
  const gradients = numbersOf(dy);
  const sums = new Float32Array(images.size);
  for (let i = 0; i < gradients.length; i += 1) {
    const pixel = Math.floor(i / channels);
    const sample = Math.floor(pixel / copied.length);
    const target =
      (sample * height * width + (copied[pixel % copied.length] ?? 0)) * channels + (i % channels);
    sums[target] = (sums[target] ?? 0) + (gradients[i] ?? 0);
  }
  return tf.tensor(sums, [batch, height, width, channels]);
}
