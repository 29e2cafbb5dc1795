import type { Tensor4D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import type { ConvolutionAttributes } from './convolutionGeometry.ts';
import { fitImages } from './kernel.ts';
import { convolutionGeometry } from './convolutionGeometry.ts';

type Attributes = ConvolutionAttributes & {
  readonly filterShape: [number, number, number, number];
};

/**
 * Gradient of a convolution with respect to its filter, `[height, width, inputs, outputs]`. It is
 * itself a convolution: of the images, with channels and batch exchanged, by the gradient of the
 * output, spread out by the strides.
 */
export const conv2DBackpropFilter: ComposedKernel = {
  name: 'Conv2DBackpropFilter',
  compute: (tf, inputs, attributes) =>
    filterGradient(
      tf,
      inputs as { x: Tensor4D; dy: Tensor4D },
      attributes as unknown as Attributes,
    ),
};

function filterGradient(
  tf: Tf,
  { x, dy }: { x: Tensor4D; dy: Tensor4D },
  attributes: Attributes,
): Tensor {
  const last = attributes.dataFormat !== 'NCHW';
  const images = last ? x : tf.transpose(x, [0, 2, 3, 1]);
  const gradient = last ? dy : tf.transpose(dy, [0, 2, 3, 1]);
  const { output, filter, strides, padBefore } = convolutionGeometry(
    tf,
    { input: images.shape, filter: attributes.filterShape, depthwise: false },
    attributes,
  );
  const reach = (axis: 0 | 1): number => (output[axis] - 1) * strides[axis] + filter[axis];
  const padded = fitImages(tf, images, padBefore, [reach(0), reach(1)]);
  const channelsAsBatch = tf.transpose(padded, [3, 1, 2, 0]);
  const gradientAsFilter = tf.transpose(gradient, [1, 2, 0, 3]);
  const result = tf.conv2d(channelsAsBatch, gradientAsFilter, 1, 'valid', 'NHWC', [...strides]);
  return tf.transpose(result, [1, 2, 0, 3]);
}
