/** How a module of `torch.nn` is said in tfjs's names. */
interface TorchModule {
  readonly type: string;
  /** tfjs names of the positional arguments. */
  readonly positional?: readonly string[];
  /** The activation of an `activation` layer. */
  readonly activation?: string;
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
  GELU: 'gelu',
  SiLU: 'swish',
  Softplus: 'softplus',
  Softsign: 'softsign',
  SELU: 'selu',
  CELU: 'celu',
  Mish: 'mish',
  ReLU6: 'relu6',
  Hardswish: 'hardSwish',
  Hardsigmoid: 'hardSigmoid',
  Hardtanh: 'hardTanh',
  LogSigmoid: 'logSigmoid',
  LogSoftmax: 'logSoftmax',
};

const CONVOLUTION = [
  'inChannels',
  'filters',
  'kernelSize',
  'strides',
  'padding',
  'dilationRate',
  'groups',
  'useBias',
];
const TRANSPOSED = [
  'inChannels',
  'filters',
  'kernelSize',
  'strides',
  'padding',
  'outputPadding',
  'groups',
  'useBias',
  'dilationRate',
];
const POOLING = ['poolSize', 'strides', 'padding'];
const RECURRENT = [
  'inFeatures',
  'units',
  'numLayers',
  'useBias',
  'batchFirst',
  'dropout',
  'bidirectional',
];
const NORMALIZATION = ['features', 'epsilon', 'momentum', 'affine'];

const byRank = (
  name: string,
  type: (rank: string) => string,
  positional: readonly string[],
): Readonly<Record<string, TorchModule>> =>
  Object.fromEntries(
    ['1', '2', '3'].map((rank) => [`${name}${rank}d`, { type: type(`${rank}d`), positional }]),
  );

const MODULES: Readonly<Record<string, TorchModule>> = {
  Linear: { type: 'dense', positional: ['inFeatures', 'units', 'useBias'] },
  LazyLinear: { type: 'dense', positional: ['units', 'useBias'] },
  ...byRank('Conv', (rank) => `conv${rank}`, CONVOLUTION),
  ...byRank('LazyConv', (rank) => `conv${rank}`, CONVOLUTION.slice(1)),
  ...byRank('ConvTranspose', (rank) => `conv${rank}Transpose`, TRANSPOSED),
  ...byRank('MaxPool', (rank) => `maxPooling${rank}`, POOLING),
  ...byRank('AvgPool', (rank) => `averagePooling${rank}`, POOLING),
  ...byRank('AdaptiveAvgPool', (rank) => `adaptiveAveragePooling${rank}`, ['outputSize']),
  ...byRank('AdaptiveMaxPool', (rank) => `adaptiveMaxPooling${rank}`, ['outputSize']),
  ...byRank('BatchNorm', () => 'batchNormalization', NORMALIZATION),
  ...byRank('InstanceNorm', () => 'instanceNormalization', NORMALIZATION),
  ...byRank('ZeroPad', (rank) => `zeroPadding${rank}`, ['padding']),
  ...byRank('ReflectionPad', (rank) => `reflectionPadding${rank}`, ['padding']),
  ...byRank('ReplicationPad', (rank) => `replicationPadding${rank}`, ['padding']),
  ...byRank('Dropout', (rank) => `spatialDropout${rank}`, ['rate']),
  Dropout: { type: 'dropout', positional: ['rate'] },
  AlphaDropout: { type: 'alphaDropout', positional: ['rate'] },
  LayerNorm: { type: 'layerNormalization', positional: ['features', 'epsilon'] },
  GroupNorm: { type: 'groupNormalization', positional: ['numGroups', 'features', 'epsilon'] },
  Flatten: { type: 'flatten', positional: ['startDim', 'endDim'] },
  Unflatten: { type: 'unflatten', positional: ['dim', 'targetShape'] },
  ReLU: { type: 'reLU', positional: ['inplace'] },
  ELU: { type: 'elu', positional: ['alpha', 'inplace'] },
  LeakyReLU: { type: 'leakyReLU', positional: ['alpha', 'inplace'] },
  PReLU: { type: 'prelu', positional: ['slopes'] },
  Softmax: { type: 'softmax', positional: ['axis'] },
  Embedding: { type: 'embedding', positional: ['inputDim', 'outputDim'] },
  LSTM: { type: 'lstm', positional: RECURRENT },
  GRU: { type: 'gru', positional: RECURRENT },
  RNN: { type: 'simpleRNN', positional: RECURRENT },
  LSTMCell: { type: 'lstmCell', positional: ['inFeatures', 'units', 'useBias'] },
  GRUCell: { type: 'gruCell', positional: ['inFeatures', 'units', 'useBias'] },
  RNNCell: { type: 'simpleRNNCell', positional: ['inFeatures', 'units', 'useBias'] },
  Upsample: { type: 'upSampling2d', positional: ['outputSize', 'size', 'interpolation'] },
  UpsamplingNearest2d: { type: 'upSampling2d', positional: ['outputSize', 'size'] },
  UpsamplingBilinear2d: { type: 'upSampling2d', positional: ['outputSize', 'size'] },
  PixelShuffle: { type: 'pixelShuffle', positional: ['factor'] },
  ChannelShuffle: { type: 'channelShuffle', positional: ['groups'] },
  Bilinear: { type: 'bilinear', positional: [] },
  MultiheadAttention: { type: 'multiHeadAttention', positional: ['embedDim', 'numHeads'] },
  ...Object.fromEntries(
    Object.entries(ACTIVATIONS).map(([name, activation]) => [
      name,
      { type: 'activation', activation },
    ]),
  ),
};

/** A layer of `torch.nn` by its class name; `null` for losses, containers and what is not there. */
export const torchModule = (name: string): TorchModule | null =>
  Object.hasOwn(MODULES, name) ? (MODULES[name] ?? null) : null;

const CONTAINERS = /^(Sequential|ModuleList|ModuleDict|Module|Parameter|Identity|\w+Loss)$/;

export const isTorchModule = (name: string): boolean =>
  torchModule(name) !== null || CONTAINERS.test(name);

const ARGUMENTS: Readonly<Record<string, string>> = {
  out_features: 'units',
  in_features: 'inFeatures',
  out_channels: 'filters',
  in_channels: 'inChannels',
  stride: 'strides',
  dilation: 'dilationRate',
  p: 'rate',
  negative_slope: 'alpha',
  bias: 'useBias',
  num_features: 'features',
  normalized_shape: 'features',
  num_channels: 'features',
  num_embeddings: 'inputDim',
  embedding_dim: 'outputDim',
  input_size: 'inFeatures',
  hidden_size: 'units',
  eps: 'epsilon',
  scale_factor: 'size',
  mode: 'interpolation',
  dim: 'axis',
  num_parameters: 'slopes',
};

/** Pooling says `kernel_size` for what tfjs calls the pool's size. */
export const torchArgument = (name: string, type: string): string => {
  if (name === 'kernel_size') return type.includes('ooling') ? 'poolSize' : 'kernelSize';
  return (
    ARGUMENTS[name] ?? name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  );
};

/** Functions of `torch` and `torch.nn.functional` that are a layer without weights. */
const FUNCTIONS: Readonly<Record<string, TorchModule>> = {
  relu: { type: 'reLU' },
  relu_: { type: 'reLU' },
  elu: { type: 'elu', positional: ['alpha'] },
  leaky_relu: { type: 'leakyReLU', positional: ['alpha'] },
  softmax: { type: 'softmax', positional: ['axis'] },
  log_softmax: { type: 'activation', activation: 'logSoftmax', positional: ['axis'] },
  ...Object.fromEntries(
    Object.entries({
      tanh: 'tanh',
      sigmoid: 'sigmoid',
      gelu: 'gelu',
      silu: 'swish',
      softplus: 'softplus',
      softsign: 'softsign',
      selu: 'selu',
      celu: 'celu',
      mish: 'mish',
      relu6: 'relu6',
      hardswish: 'hardSwish',
      hardsigmoid: 'hardSigmoid',
      hardtanh: 'hardTanh',
      logsigmoid: 'logSigmoid',
    }).map(([name, activation]) => [name, { type: 'activation', activation }]),
  ),
  dropout: { type: 'dropout', positional: ['rate'] },
  dropout2d: { type: 'spatialDropout2d', positional: ['rate'] },
  max_pool1d: { type: 'maxPooling1d', positional: POOLING },
  max_pool2d: { type: 'maxPooling2d', positional: POOLING },
  max_pool3d: { type: 'maxPooling3d', positional: POOLING },
  avg_pool1d: { type: 'averagePooling1d', positional: POOLING },
  avg_pool2d: { type: 'averagePooling2d', positional: POOLING },
  avg_pool3d: { type: 'averagePooling3d', positional: POOLING },
  adaptive_avg_pool1d: { type: 'adaptiveAveragePooling1d', positional: ['outputSize'] },
  adaptive_avg_pool2d: { type: 'adaptiveAveragePooling2d', positional: ['outputSize'] },
  adaptive_max_pool2d: { type: 'adaptiveMaxPooling2d', positional: ['outputSize'] },
  pixel_shuffle: { type: 'pixelShuffle', positional: ['factor'] },
};

/** What a function of `torch` does, or the method of the same name of a tensor; `null`: another. */
export const torchFunction = (name: string): TorchModule | null =>
  Object.hasOwn(FUNCTIONS, name) ? (FUNCTIONS[name] ?? null) : null;

/** Keyword arguments of functions that say nothing of the layer. */
export const FUNCTION_LABELS = new Set(['training', 'inplace', 'input', '_stacklevel', 'dtype']);
