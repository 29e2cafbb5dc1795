import type { Layer } from '../../model/architecture.ts';

const RECURRENT = ['lstm', 'gru', 'simpleRNN'];
const CONVOLUTION = [
  'conv2d',
  'separableConv2d',
  'depthwiseConv2d',
  'conv1d',
  'conv2dTranspose',
  'conv3d',
];
const ACTIVATION = [
  'activation',
  'reLU',
  'leakyReLU',
  'prelu',
  'elu',
  'softmax',
  'thresholdedReLU',
];
const NORMALIZATION = ['batchNormalization', 'layerNormalization'];
const DROPOUT = ['dropout', 'spatialDropout1d', 'alphaDropout', 'gaussianDropout', 'gaussianNoise'];
const GLOBAL_POOLING = ['globalAveragePooling2d', 'globalMaxPooling2d'];

const oneOf =
  (types: readonly string[]) =>
  (layer: Layer): boolean =>
    types.includes(layer.type);

/** Kinds of layers that operators speak of, by tfjs factory name. */
export const isInput = oneOf(['inputLayer']);
export const isDense = oneOf(['dense']);
export const isRecurrent = oneOf(RECURRENT);
export const isConvolution = oneOf(CONVOLUTION);
export const isConv2d = oneOf(['conv2d']);
export const isActivation = oneOf(ACTIVATION);
export const isNormalization = oneOf(NORMALIZATION);
export const isDropout = oneOf(DROPOUT);
export const isMaxPooling = oneOf(['maxPooling2d']);
export const isPooling = oneOf(['maxPooling2d', 'averagePooling2d']);
export const isGlobalPooling = oneOf(GLOBAL_POOLING);
export const isFlatten = oneOf(['flatten']);
export const isMerge = oneOf(['add', 'average', 'concatenate', 'maximum', 'minimum', 'multiply']);

/** A layer that learns a map of its input (not a normalisation). */
export const isWeighted = oneOf(['dense', ...RECURRENT, ...CONVOLUTION]);

/** A layer that belongs to the weighted layer before it: activation, normalisation, dropout. */
export const isCompanion = oneOf([...ACTIVATION, ...NORMALIZATION, ...DROPOUT]);
