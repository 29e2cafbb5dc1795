import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import type { ConvolutionAttributes, ConvolutionGeometry } from './convolutionGeometry.ts';
import { fitImages } from './kernel.ts';
import { convolutionGeometry } from './convolutionGeometry.ts';

type Attributes = ConvolutionAttributes & {
  readonly filterShape: [number, number, number, number];
};

/**
 * Gradient of a depthwise convolution with respect to its filter, `[height, width, inputs,
 * multiplier]`: for every cell of the filter, the pixels it met times the gradient they led to,
 * summed over batch and positions (as a product with ones, which is the fast way to sum on
 * WebAssembly).
 */
export const depthwiseConv2dBackpropFilter: ComposedKernel = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
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
  const { filterShape } = attributes;
  const [, , channels, multiplier] = filterShape;
  const geometry = convolutionGeometry(
    tf,
    { input: x.shape, filter: filterShape, depthwise: true },
    attributes,
  );
  const { output, filter, strides, dilations, padBefore } = geometry;
  const reach = (axis: 0 | 1): number =>
    (output[axis] - 1) * strides[axis] + (filter[axis] - 1) * dilations[axis] + 1;
  const padded = fitImages(tf, x, padBefore, [reach(0), reach(1)]);
  const positions = dy.shape[0] * output[0] * output[1];
  const gradient = tf.reshape(dy, [positions, channels, multiplier]);
  const ones = tf.ones([1, positions]) as Tensor2D;
  const cells = cellsOf(geometry).map(([row, column]) =>
    tf.tidy(() => {
      const met = tf.reshape(pixelsMetBy(tf, padded, geometry, [row, column]), [
        positions,
        channels,
        1,
      ]);
      return tf.matMul(ones, tf.reshape(tf.mul(met, gradient), [positions, channels * multiplier]));
    }),
  );
  return tf.reshape(tf.concat(cells, 0), filterShape);
}

const cellsOf = ({ filter: [height, width] }: ConvolutionGeometry): [number, number][] =>
  Array.from({ length: height * width }, (_, cell) => [Math.floor(cell / width), cell % width]);

function pixelsMetBy(
  tf: Tf,
  images: Tensor4D,
  geometry: ConvolutionGeometry,
  [row, column]: [number, number],
): Tensor {
  const { output, strides, dilations } = geometry;
  const [batch, , , channels] = images.shape;
  const top = row * dilations[0];
  const left = column * dilations[1];
  if (strides[0] === 1 && strides[1] === 1)
    return tf.slice(images, [0, top, left, 0], [batch, output[0], output[1], channels]);
  const end = [
    batch,
    top + (output[0] - 1) * strides[0] + 1,
    left + (output[1] - 1) * strides[1] + 1,
    channels,
  ];
  return tf.stridedSlice(images, [0, top, left, 0], end, [1, strides[0], strides[1], 1]);
}
