const KERAS_CLASSES: Readonly<Record<string, string>> = {
  lstm: 'LSTM',
  gru: 'GRU',
  simpleRNN: 'SimpleRNN',
  reLU: 'ReLU',
  elu: 'ELU',
  prelu: 'PReLU',
  conv2dTranspose: 'Conv2DTranspose',
  inputLayer: 'Input',
};

/** The class of Keras that a layer type stands for. */
export const kerasClass = (type: string): string =>
  KERAS_CLASSES[type] ?? type.charAt(0).toUpperCase() + type.slice(1).replaceAll(/(\d)d/g, '$1D');

const SNAKES: Readonly<Record<string, string>> = {
  leCunNormal: 'lecun_normal',
  leCunUniform: 'lecun_uniform',
  logcosh: 'log_cosh',
  l1l2: 'l1_l2',
};

/** `kernelRegularizer` → `kernel_regularizer`. */
export const snake = (name: string): string =>
  SNAKES[name] ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Arguments of a Keras layer that people write by their place. */
export const KERAS_FIRST: Readonly<Record<string, readonly string[]>> = {
  dense: ['units'],
  dropout: ['rate'],
  spatialDropout1d: ['rate'],
  activation: ['activation'],
  conv1d: ['filters', 'kernelSize'],
  conv2d: ['filters', 'kernelSize'],
  maxPooling2d: ['poolSize'],
  averagePooling2d: ['poolSize'],
  maxPooling1d: ['poolSize'],
  averagePooling1d: ['poolSize'],
  lstm: ['units'],
  gru: ['units'],
  reshape: ['targetShape'],
  embedding: ['inputDim', 'outputDim'],
};

const TORCH_ARGUMENTS: Readonly<Record<string, string>> = {
  filters: 'out_channels',
  rate: 'p',
  poolSize: 'kernel_size',
  strides: 'stride',
  useBias: 'bias',
  alpha: 'negative_slope',
  dilationRate: 'dilation',
  epsilon: 'eps',
  inChannels: 'in_channels',
  units: 'out_features',
  inFeatures: 'in_features',
  features: 'num_features',
};

/** What recurrent layers and layer normalisation call the same thing. */
const RECURRENT: Readonly<Record<string, string>> = {
  units: 'hidden_size',
  inFeatures: 'input_size',
};

const BY_TYPE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lstm: RECURRENT,
  gru: RECURRENT,
  simpleRNN: RECURRENT,
  layerNormalization: { features: 'normalized_shape' },
  elu: { alpha: 'alpha' },
};

/** PyTorch's keyword for an argument of a layer of `type`. */
export const torchKeyword = (name: string, type: string): string =>
  BY_TYPE[type]?.[name] ?? TORCH_ARGUMENTS[name] ?? snake(name);
