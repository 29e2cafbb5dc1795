import type { Tensor4D } from '@tensorflow/tfjs';
import type { Tensor, Tf } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';
import type { ConvolutionAttributes, Pair } from './convolutionGeometry.ts';
import { fitImages, spreadOut } from './kernel.ts';
import { convolutionGeometry } from './convolutionGeometry.ts';

type Attributes = ConvolutionAttributes & { readonly inputShape: [number, number, number, number] };

/**
 * Gradient of a depthwise convolution with respect to its images: the output's gradient, spread out
 * by the strides, convolved depthwise with the filter turned by 180°.
 */
export const depthwiseConv2dBackpropInput: ComposedKernel = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  compute: (tf, inputs, attributes) =>
    inputGradient(
      tf,
      inputs as { dy: Tensor4D; filter: Tensor4D },
      attributes as unknown as Attributes,
    ),
};

function inputGradient(
  tf: Tf,
  { dy, filter }: { dy: Tensor4D; filter: Tensor4D },
  attributes: Attributes,
): Tensor {
  const { inputShape } = attributes;
  const [height, width, channels, multiplier] = filter.shape;
  const geometry = convolutionGeometry(
    tf,
    { input: inputShape, filter: filter.shape, depthwise: true },
    attributes,
  );
  const { input, dilations, padBefore, strides } = geometry;
  const reach: Pair = [(height - 1) * dilations[0], (width - 1) * dilations[1]];
  const spread = fitImages(
    tf,
    spreadOut(tf, dy, strides),
    [reach[0] - padBefore[0], reach[1] - padBefore[1]],
    [input[0] + reach[0], input[1] + reach[1]],
  );
  const turned = tf.reshape(tf.reverse(filter, [0, 1]), [
    height,
    width,
    channels * multiplier,
    1,
  ]) as Tensor4D;
  const perOutput = tf.depthwiseConv2d(spread, turned, 1, 'valid', 'NHWC', [...dilations]);
  return multiplier === 1
    ? perOutput
    : tf.reshape(tf.sum(tf.reshape(perOutput, [-1, channels, multiplier]), 2), inputShape);
}
