import type { Tensor4D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import type { ConvolutionAttributes, Pair } from './convolutionGeometry.ts';
import { fitImages, spreadOut } from './kernel.ts';
import { convolutionGeometry } from './convolutionGeometry.ts';

type Attributes = ConvolutionAttributes & { readonly inputShape: [number, number, number, number] };

/**
 * Gradient of a convolution with respect to its images, and the transposed convolution: the
 * output's gradient, spread out by the strides, convolved with the filter turned by 180° and its
 * inputs and outputs exchanged. tfjs-backend-wasm 4.22 has this kernel, about ten times slower.
 */
export const conv2DBackpropInput: ComposedKernel = {
  name: 'Conv2DBackpropInput',
  compute: (tf, inputs, attributes, original) => {
    const { dataFormat, ...geometry } = attributes as unknown as Attributes;
    return dataFormat === 'NCHW'
      ? original(inputs, attributes)
      : inputGradient(tf, inputs as { dy: Tensor4D; filter: Tensor4D }, geometry);
  },
};

function inputGradient(
  tf: Tf,
  { dy, filter }: { dy: Tensor4D; filter: Tensor4D },
  attributes: Attributes,
): Tensor {
  const {
    input,
    padBefore,
    strides,
    filter: [height, width],
  } = convolutionGeometry(
    tf,
    { input: attributes.inputShape, filter: filter.shape, depthwise: false },
    attributes,
  );
  const reach: Pair = [height - 1, width - 1];
  const spread = fitImages(
    tf,
    spreadOut(tf, dy, strides),
    [reach[0] - padBefore[0], reach[1] - padBefore[1]],
    [input[0] + reach[0], input[1] + reach[1]],
  );
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(spread, turned, 1, 'valid');
}
