import type { Tf } from '../../tf.ts';

/**
 * What {@link convolutionGeometry} is computed from: the attributes of a convolution's gradient
 * kernel.
 */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid' | number;
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dataFormat?: 'NHWC' | 'NCHW';
}

/** Height and width, in this order. */
export type Pair = readonly [number, number];

/** How a filter moves over an image: everything a gradient kernel needs, in height–width pairs. */
export interface ConvolutionGeometry {
  readonly input: Pair;
  readonly output: Pair;
  readonly filter: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  /** Rows above and columns left of the image. */
  readonly padBefore: Pair;
}

type Shape4D = [number, number, number, number];

/** Geometry of a convolution over channels-last images. */
export function convolutionGeometry(
  tf: Tf,
  shapes: { input: Shape4D; filter: Shape4D; depthwise: boolean },
  attributes: ConvolutionAttributes,
): ConvolutionGeometry {
  const { strides, dilations = 1, pad, dimRoundingMode } = attributes;
  const info = tf.backend_util.computeConv2DInfo(
    shapes.input,
    shapes.filter,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    shapes.depthwise,
  );
  return {
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    filter: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padBefore: [info.padInfo.top, info.padInfo.left],
  };
}
