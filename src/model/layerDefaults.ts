import type { Language } from './modelFile.ts';
import type { Value } from './values.ts';
import { boolean, list, number, string } from './values.ts';

type Defaults = Readonly<Record<string, Value>>;

const NULL: Value = { kind: 'null' };

const WEIGHTS: Defaults = {
  activation: string('linear'),
  useBias: boolean(true),
  kernelInitializer: string('glorotNormal'),
  biasInitializer: string('zeros'),
  kernelRegularizer: NULL,
  biasRegularizer: NULL,
  activityRegularizer: NULL,
  kernelConstraint: NULL,
  biasConstraint: NULL,
};

const WINDOW: Defaults = { padding: string('valid'), dataFormat: string('channelsLast') };

const convolution = (rank: number): Defaults => ({
  ...WEIGHTS,
  ...WINDOW,
  strides: list(...times(rank, 1)),
  dilationRate: list(...times(rank, 1)),
});

const SEPARABLE: Defaults = {
  ...convolution(2),
  depthMultiplier: number(1),
  depthwiseInitializer: string('glorotUniform'),
  pointwiseInitializer: string('glorotUniform'),
};

const RECURRENT: Defaults = {
  ...WEIGHTS,
  activation: string('tanh'),
  recurrentInitializer: string('orthogonal'),
  recurrentRegularizer: NULL,
  recurrentConstraint: NULL,
  dropout: number(0),
  recurrentDropout: number(0),
  returnSequences: boolean(false),
  returnState: boolean(false),
  goBackwards: boolean(false),
  stateful: boolean(false),
  unroll: boolean(false),
};

const GATED: Defaults = { ...RECURRENT, recurrentActivation: string('hardSigmoid') };

const NORMALIZATION: Defaults = {
  axis: number(-1),
  epsilon: number(0.001),
  center: boolean(true),
  scale: boolean(true),
  betaInitializer: string('zeros'),
  gammaInitializer: string('ones'),
  betaRegularizer: NULL,
  gammaRegularizer: NULL,
};

const GLOBAL_POOLING: Defaults = { dataFormat: string('channelsLast') };

/**
 * What TensorFlow.js 4 takes where an argument is left out (`dist/layers/*.js` of
 * @tensorflow/tfjs-layers 4.22).
 */
const TFJS: Readonly<Record<string, Defaults>> = {
  dense: WEIGHTS,
  conv1d: convolution(1),
  conv2d: convolution(2),
  conv3d: convolution(3),
  conv2dTranspose: convolution(2),
  separableConv2d: SEPARABLE,
  depthwiseConv2d: { ...SEPARABLE, depthwiseInitializer: string('glorotNormal') },
  simpleRNN: RECURRENT,
  lstm: { ...GATED, unitForgetBias: boolean(true) },
  gru: { ...GATED, resetAfter: boolean(false) },
  dropout: { noiseShape: NULL },
  flatten: { dataFormat: string('channelsLast') },
  batchNormalization: {
    ...NORMALIZATION,
    momentum: number(0.99),
    movingMeanInitializer: string('zeros'),
    movingVarianceInitializer: string('ones'),
  },
  layerNormalization: NORMALIZATION,
  maxPooling1d: { poolSize: list(...times(1, 2)), padding: string('valid') },
  averagePooling1d: { poolSize: list(...times(1, 2)), padding: string('valid') },
  maxPooling2d: { ...WINDOW, poolSize: list(...times(2, 2)) },
  averagePooling2d: { ...WINDOW, poolSize: list(...times(2, 2)) },
  globalAveragePooling2d: GLOBAL_POOLING,
  globalMaxPooling2d: GLOBAL_POOLING,
  embedding: {
    embeddingsInitializer: string('randomUniform'),
    embeddingsRegularizer: NULL,
    embeddingsConstraint: NULL,
    maskZero: boolean(false),
  },
  leakyReLU: { alpha: number(0.3) },
  elu: { alpha: number(1) },
  softmax: { axis: number(-1) },
  concatenate: { axis: number(-1) },
  bidirectional: { mergeMode: string('concat') },
};

/** Keras differs from TensorFlow.js in these. */
const KERAS: Defaults = {
  kernelInitializer: string('glorotUniform'),
  recurrentActivation: string('sigmoid'),
  resetAfter: boolean(true),
};

/** What a layer takes where an argument is left out, in its language's library. */
export function defaultsOf(type: string, language: Language): Defaults {
  const defaults = TFJS[type] ?? {};
  if (language !== 'python') return defaults;
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, KERAS[name] ?? value]),
  );
}

/** Arguments that may be written as one number for all dimensions, by layer type. */
export const windowRank = (type: string): number => Number(/([123])d/i.exec(type)?.[1] ?? 0);

function times(rank: number, value: number): Value[] {
  return Array.from({ length: rank }, () => number(value));
}
