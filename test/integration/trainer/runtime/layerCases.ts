import type { Tf } from '../../../../src/workers/tfjs/tf.ts';

type Layer = Parameters<ReturnType<Tf['sequential']>['add']>[0];

export interface LayerCase {
  readonly input: readonly number[];
  readonly layers: (tf: Tf) => readonly Layer[];
  /** Inputs are whole numbers below this, for embeddings. */
  readonly vocabulary?: number;
}

const image = [8, 8, 3];

const sequence = [6, 4];

const same = { padding: 'same', kernelSize: 3 } as const;

const volume = [4, 4, 4, 2];

/**
 * One small stack for every kind of layer that TensorFlow.js 4.22 can train (it has no gradient of
 * conv3dTranspose, thresholdedReLU and dilated convolutions).
 */
export const layerCases: Record<string, LayerCase> = {
  dense: { input: [5], layers: (tf) => [tf.layers.dense({ units: 4, activation: 'relu' })] },
  'dense with L1, L2 and a norm limit': {
    input: [5],
    layers: (tf) => [
      tf.layers.dense({
        units: 4,
        kernelRegularizer: tf.regularizers.l1l2({ l1: 0.01, l2: 0.01 }),
        kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.7, axis: 0 }),
      }),
    ],
  },
  conv1d: {
    input: [10, 3],
    layers: (tf) => [tf.layers.conv1d({ filters: 4, kernelSize: 3, activation: 'relu' })],
  },
  'conv1d, same, strides 2': {
    input: [10, 3],
    layers: (tf) => [tf.layers.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' })],
  },
  conv2d: {
    input: image,
    layers: (tf) => [tf.layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' })],
  },
  'conv2d twice, strides 2': {
    input: image,
    layers: (tf) => [
      tf.layers.conv2d({ ...same, filters: 4, strides: 2 }),
      tf.layers.conv2d({ ...same, filters: 3, activation: 'elu' }),
    ],
  },
  'conv2d, channels first': {
    input: [3, 8, 8],
    layers: (tf) => [tf.layers.conv2d({ filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' })],
  },
  conv2dTranspose: {
    input: image,
    layers: (tf) => [
      tf.layers.conv2dTranspose({ ...same, filters: 4, strides: 2 }),
      tf.layers.conv2dTranspose({ filters: 2, kernelSize: 2 }),
    ],
  },
  separableConv2d: {
    input: image,
    layers: (tf) => [
      tf.layers.separableConv2d({ ...same, filters: 4, strides: 2, depthMultiplier: 2 }),
      tf.layers.separableConv2d({ filters: 4, kernelSize: 2 }),
    ],
  },
  depthwiseConv2d: {
    input: image,
    layers: (tf) => [
      tf.layers.depthwiseConv2d({ ...same, depthMultiplier: 2, strides: 2 }),
      tf.layers.depthwiseConv2d({ kernelSize: 2 }),
    ],
  },
  conv3d: {
    input: volume,
    layers: (tf) => [
      tf.layers.conv3d({ filters: 3, kernelSize: 2, activation: 'relu' }),
      tf.layers.conv3d({ filters: 2, kernelSize: 3, padding: 'same' }),
    ],
  },
  maxPooling1d: {
    input: sequence,
    layers: (tf) => [
      tf.layers.conv1d({ filters: 3, kernelSize: 2 }),
      tf.layers.maxPooling1d({ poolSize: 2 }),
    ],
  },
  averagePooling1d: {
    input: sequence,
    layers: (tf) => [
      tf.layers.conv1d({ filters: 3, kernelSize: 2 }),
      tf.layers.averagePooling1d({ poolSize: 2 }),
    ],
  },
  maxPooling2d: {
    input: image,
    layers: (tf) => [
      tf.layers.conv2d({ ...same, filters: 3 }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    ],
  },
  averagePooling2d: {
    input: image,
    layers: (tf) => [
      tf.layers.conv2d({ ...same, filters: 3 }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    ],
  },
  maxPooling3d: {
    input: volume,
    layers: (tf) => [
      tf.layers.conv3d({ filters: 2, kernelSize: 3, padding: 'same' }),
      tf.layers.maxPooling3d({ poolSize: 2, strides: 2 }),
    ],
  },
  averagePooling3d: {
    input: volume,
    layers: (tf) => [
      tf.layers.conv3d({ filters: 2, kernelSize: 3, padding: 'same' }),
      tf.layers.averagePooling3d({ poolSize: 2, strides: 2 }),
    ],
  },
  globalAveragePooling1d: {
    input: sequence,
    layers: (tf) => [tf.layers.dense({ units: 4 }), tf.layers.globalAveragePooling1d()],
  },
  globalMaxPooling1d: {
    input: sequence,
    layers: (tf) => [tf.layers.dense({ units: 4 }), tf.layers.globalMaxPooling1d()],
  },
  globalAveragePooling2d: {
    input: image,
    layers: (tf) => [
      tf.layers.conv2d({ ...same, filters: 4 }),
      tf.layers.globalAveragePooling2d({}),
    ],
  },
  globalMaxPooling2d: {
    input: image,
    layers: (tf) => [tf.layers.conv2d({ ...same, filters: 4 }), tf.layers.globalMaxPooling2d({})],
  },
  'batchNormalization of features': {
    input: [5],
    layers: (tf) => [tf.layers.dense({ units: 4 }), tf.layers.batchNormalization()],
  },
  'batchNormalization of images': {
    input: image,
    layers: (tf) => [tf.layers.conv2d({ ...same, filters: 4 }), tf.layers.batchNormalization()],
  },
  layerNormalization: {
    input: sequence,
    layers: (tf) => [tf.layers.dense({ units: 4 }), tf.layers.layerNormalization()],
  },
  dropout: {
    input: [5],
    layers: (tf) => [tf.layers.dense({ units: 8 }), tf.layers.dropout({ rate: 0.5 })],
  },
  spatialDropout1d: {
    input: sequence,
    layers: (tf) => [tf.layers.dense({ units: 8 }), tf.layers.spatialDropout1d({ rate: 0.5 })],
  },
  gaussianNoise: {
    input: [5],
    layers: (tf) => [tf.layers.gaussianNoise({ stddev: 0.5 }), tf.layers.dense({ units: 8 })],
  },
  gaussianDropout: {
    input: [5],
    layers: (tf) => [tf.layers.dense({ units: 8 }), tf.layers.gaussianDropout({ rate: 0.5 })],
  },
  alphaDropout: {
    input: [5],
    layers: (tf) => [
      tf.layers.dense({ units: 8, activation: 'selu' }),
      tf.layers.alphaDropout({ rate: 0.3 }),
    ],
  },
  embedding: {
    input: [6],
    vocabulary: 7,
    layers: (tf) => [tf.layers.embedding({ inputDim: 7, outputDim: 4 })],
  },
  'embedding, masked, lstm': {
    input: [6],
    vocabulary: 7,
    layers: (tf) => [
      tf.layers.embedding({ inputDim: 7, outputDim: 4, maskZero: true }),
      tf.layers.lstm({ units: 3 }),
    ],
  },
  simpleRNN: { input: sequence, layers: (tf) => [tf.layers.simpleRNN({ units: 3 })] },
  lstm: {
    input: sequence,
    layers: (tf) => [
      tf.layers.lstm({ units: 3, returnSequences: true }),
      tf.layers.lstm({ units: 3, dropout: 0.3, recurrentDropout: 0.3 }),
    ],
  },
  gru: {
    input: sequence,
    layers: (tf) => [
      tf.layers.gru({ units: 3, returnSequences: true, dropout: 0.3 }),
      tf.layers.gru({ units: 3, goBackwards: true }),
    ],
  },
  bidirectional: {
    input: sequence,
    layers: (tf) => [
      tf.layers.bidirectional({
        layer: tf.layers.lstm({ units: 3 }) as never,
        mergeMode: 'concat',
      }),
    ],
  },
  convLstm2d: {
    input: [3, 5, 5, 2],
    layers: (tf) => [tf.layers.convLstm2d({ filters: 2, kernelSize: 3, padding: 'same' })],
  },
  'rnn of stacked cells': {
    input: sequence,
    layers: (tf) => [
      tf.layers.rnn({ cell: [tf.layers.gruCell({ units: 3 }), tf.layers.lstmCell({ units: 3 })] }),
    ],
  },
  timeDistributed: {
    input: sequence,
    layers: (tf) => [tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) })],
  },
  masking: {
    input: sequence,
    layers: (tf) => [tf.layers.masking({ maskValue: 0 }), tf.layers.lstm({ units: 3 })],
  },
  'reshape, permute, repeat': {
    input: [6],
    layers: (tf) => [
      tf.layers.repeatVector({ n: 4 }),
      tf.layers.permute({ dims: [2, 1] }),
      tf.layers.reshape({ targetShape: [2, 12] }),
      tf.layers.dense({ units: 3 }),
    ],
  },
  'cropping, padding, upsampling': {
    input: image,
    layers: (tf) => [
      tf.layers.conv2d({ ...same, filters: 2 }),
      tf.layers.cropping2D({
        cropping: [
          [1, 1],
          [2, 1],
        ],
      }),
      tf.layers.zeroPadding2d({ padding: 1 }),
      tf.layers.upSampling2d({ size: [2, 2] }),
    ],
  },
  'upsampling, bilinear': {
    input: image,
    layers: (tf) => [
      tf.layers.conv2d({ ...same, filters: 2 }),
      tf.layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
    ],
  },
  rescaling: {
    input: image,
    layers: (tf) => [
      tf.layers.rescaling({ scale: 0.5, offset: 0.1 }),
      tf.layers.conv2d({ filters: 2, kernelSize: 2 }),
    ],
  },
  'prelu, shared over an image': {
    input: image,
    layers: (tf) => [
      tf.layers.prelu({ sharedAxes: [1, 2], alphaInitializer: 'glorotUniform' }),
      tf.layers.prelu({ sharedAxes: [3], alphaInitializer: 'glorotUniform' }),
    ],
  },
  'activation layers': {
    input: [5],
    layers: (tf) => [
      tf.layers.leakyReLU({ alpha: 0.1 }),
      tf.layers.dense({ units: 5 }),
      tf.layers.prelu(),
      tf.layers.elu(),
      tf.layers.dense({ units: 5 }),
      tf.layers.reLU({ maxValue: 6 }),
      tf.layers.softmax(),
    ],
  },
};
