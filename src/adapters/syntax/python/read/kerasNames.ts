/** Keras class names whose tfjs name is not the class name with a small first letter. */
const TYPES: Readonly<Record<string, string>> = {
  LSTM: 'lstm',
  GRU: 'gru',
  RNN: 'rnn',
  CuDNNLSTM: 'lstm',
  CuDNNGRU: 'gru',
  ELU: 'elu',
  PReLU: 'prelu',
  ReLU: 'reLU',
  SimpleRNN: 'simpleRNN',
  MaxPool1D: 'maxPooling1d',
  MaxPool2D: 'maxPooling2d',
  MaxPool3D: 'maxPooling3d',
  AvgPool1D: 'averagePooling1d',
  AvgPool2D: 'averagePooling2d',
  AvgPool3D: 'averagePooling3d',
  GlobalMaxPool1D: 'globalMaxPooling1d',
  GlobalMaxPool2D: 'globalMaxPooling2d',
  GlobalAvgPool1D: 'globalAveragePooling1d',
  GlobalAvgPool2D: 'globalAveragePooling2d',
  Conv2DTranspose: 'conv2dTranspose',
  Deconvolution2D: 'conv2dTranspose',
  Convolution1D: 'conv1d',
  Convolution2D: 'conv2d',
  Convolution3D: 'conv3d',
  ConvLSTM2D: 'convLstm2d',
  Cropping2D: 'cropping2D',
  InputLayer: 'inputLayer',
};

/** Other layers of Keras; their tfjs name is the class name with a small first letter. */
const OTHERS = new Set(
  (
    'Dense Activation Dropout Flatten Reshape Permute RepeatVector Lambda Masking Softmax ' +
    'LeakyReLU ThresholdedReLU Conv1D Conv2D Conv3D Conv1DTranspose Conv3DTranspose ' +
    'SeparableConv1D SeparableConv2D DepthwiseConv1D DepthwiseConv2D MaxPooling1D MaxPooling2D ' +
    'MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D GlobalAveragePooling1D ' +
    'GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D ' +
    'GlobalMaxPooling3D UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ' +
    'ZeroPadding3D Cropping1D Cropping3D BatchNormalization LayerNormalization ' +
    'GroupNormalization UnitNormalization Embedding Bidirectional TimeDistributed ' +
    'SpatialDropout1D SpatialDropout2D SpatialDropout3D AlphaDropout GaussianDropout ' +
    'GaussianNoise ActivityRegularization Add Average Concatenate Maximum Minimum Multiply ' +
    'Subtract Dot Attention AdditiveAttention MultiHeadAttention Rescaling Normalization ' +
    'Resizing CenterCrop RandomFlip RandomRotation RandomZoom RandomCrop RandomContrast ' +
    'RandomTranslation LSTMCell GRUCell SimpleRNNCell StackedRNNCells EinsumDense ' +
    'LocallyConnected1D LocallyConnected2D SpectralNormalization'
  ).split(' '),
);

/** Functions of `keras.layers` that are a layer and its call in one. */
const MERGES: Readonly<Record<string, string>> = {
  add: 'add',
  concatenate: 'concatenate',
  multiply: 'multiply',
  average: 'average',
  maximum: 'maximum',
  minimum: 'minimum',
  subtract: 'subtract',
  dot: 'dot',
};

/** Whether `keras.layers` has a class or a merging function of that name. */
export const isKerasLayer = (name: string): boolean =>
  name in TYPES || OTHERS.has(name) || name in MERGES || name === 'Input' || name === 'Layer';

/** The tfjs type of a layer class of Keras; a class Cortex does not know keeps its own name. */
export const kerasType = (name: string): string =>
  TYPES[name] ?? lowerFirst(name).replaceAll(/(\d)D/g, '$1d');

/** The layer that a function of Keras or TensorFlow applies to a list of tensors. */
export function mergeOf(path: string): string | null {
  const name = /^keras\.layers\.([a-z]\w*)$/.exec(path)?.[1];
  if (name !== undefined) return MERGES[name] ?? null;
  return TENSOR_MERGES[path.replace(/^(tf\.math|keras\.(ops|backend))\./, 'tf.')] ?? null;
}

const TENSOR_MERGES: Readonly<Record<string, string>> = {
  'tf.concat': 'concatenate',
  'tf.concatenate': 'concatenate',
  'tf.add': 'add',
  'tf.add_n': 'add',
  'tf.multiply': 'multiply',
  'tf.subtract': 'subtract',
  'tf.maximum': 'maximum',
  'tf.minimum': 'minimum',
};

/** The activation that a function of TensorFlow or Keras applies: `tf.nn.relu`. */
export function activationOf(path: string): string | null {
  const found = /^(?:tf\.nn|tf|tf\.math|keras\.activations|keras\.ops|keras\.backend)\.(\w+)$/.exec(
    path,
  )?.[1];
  return found !== undefined && ACTIVATIONS.has(found) ? camel(found) : null;
}

const ACTIVATIONS = new Set(
  (
    'relu relu6 elu selu gelu swish silu softmax sigmoid tanh softplus softsign leaky_relu ' +
    'hard_sigmoid hard_swish hard_silu mish log_softmax'
  ).split(' '),
);

/** tfjs names of positional arguments, per layer type. */
const POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  dense: ['units', 'activation', 'useBias', 'kernelInitializer'],
  dropout: ['rate'],
  activation: ['activation'],
  ...Object.fromEntries(
    (
      'conv1d conv2d conv3d separableConv1d separableConv2d conv1dTranspose conv2dTranspose ' +
      'convLstm2d'
    )
      .split(' ')
      .map((type) => [type, ['filters', 'kernelSize', 'strides', 'padding']]),
  ),
  depthwiseConv2d: ['kernelSize', 'strides', 'padding'],
  ...Object.fromEntries(
    ['1d', '2d', '3d'].flatMap((rank) =>
      ['max', 'average'].map((kind) => [
        `${kind}Pooling${rank}`,
        ['poolSize', 'strides', 'padding'],
      ]),
    ),
  ),
  lstm: ['units', 'activation', 'recurrentActivation'],
  gru: ['units', 'activation', 'recurrentActivation'],
  simpleRNN: ['units', 'activation'],
  embedding: ['inputDim', 'outputDim', 'embeddingsInitializer'],
  reshape: ['targetShape'],
  permute: ['dims'],
  repeatVector: ['n'],
  spatialDropout1d: ['rate'],
  spatialDropout2d: ['rate'],
  alphaDropout: ['rate'],
  gaussianNoise: ['stddev'],
  gaussianDropout: ['rate'],
  leakyReLU: ['alpha'],
  elu: ['alpha'],
  reLU: ['maxValue'],
  softmax: ['axis'],
  bidirectional: ['layer', 'mergeMode'],
  timeDistributed: ['layer'],
  lambda: ['function'],
  zeroPadding1d: ['padding'],
  zeroPadding2d: ['padding'],
  cropping2D: ['cropping'],
  upSampling1d: ['size'],
  upSampling2d: ['size'],
  batchNormalization: ['axis', 'momentum', 'epsilon'],
  layerNormalization: ['axis', 'epsilon'],
  multiHeadAttention: ['numHeads', 'keyDim'],
  inputLayer: ['shape'],
  compile: ['optimizer', 'loss', 'metrics'],
  'regularizers.l1': ['l1'],
  'regularizers.l2': ['l2'],
  'regularizers.l1l2': ['l1', 'l2'],
};

const ARGUMENTS: Readonly<Record<string, string>> = {
  lr: 'learningRate',
  negative_slope: 'alpha',
  output_dim: 'units',
  nb_filter: 'filters',
  border_mode: 'padding',
  subsample: 'strides',
  init: 'kernelInitializer',
  bias: 'useBias',
  W_regularizer: 'kernelRegularizer',
  p: 'rate',
};

/** Names that are spelled so in every kind of layer. */
const KEPT: Readonly<Record<string, readonly string[]>> = { embedding: ['output_dim'] };

/** tfjs's name of a keyword argument of a layer of `type`. */
export const kerasArgument = (name: string, type: string): string =>
  KEPT[type]?.includes(name) ? camel(name) : (ARGUMENTS[name] ?? camel(name));

export const kerasPositional = (type: string): readonly string[] => POSITIONAL[type] ?? [];

/** Arguments whose strings are names (of losses, activations …), spelled as in tfjs. */
const NAMED_BY_STRING =
  /^(loss|metrics|dataFormat|mergeMode|optimizer)$|Initializer$|[aA]ctivation$|Regularizer$/;

/** tfjs's spelling of a string given to an argument: `he_normal` → `heNormal`. */
export const kerasText = (argument: string, value: string): string =>
  NAMED_BY_STRING.test(argument) ? camel(value).replace('logCosh', 'logcosh') : value;

/** tfjs's path of a call inside a value: `keras.optimizers.Adam` → `train.adam`. */
export function kerasValuePath(path: string): string {
  const short = path.replace(/^(keras|tf)\./, '');
  const dot = short.lastIndexOf('.');
  const [space, name] = dot < 0 ? ['', short] : [short.slice(0, dot), short.slice(dot + 1)];
  if (/^(legacy\.)?optimizers(\.legacy)?$|^train$/.test(space))
    return `train.${lowerFirst(
      name
        .replace('RMSprop', 'rmsprop')
        .replace('SGD', 'sgd')
        .replace(/Optimizer$/, ''),
    )}`;
  if (space === 'layers') return `layers.${kerasType(name)}`;
  const spelled = name.replace('L1L2', 'l1l2').replace('l1_l2', 'l1l2');
  return `${space === '' ? '' : `${space}.`}${camel(lowerFirst(spelled))}`;
}

export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export const camel = (name: string): string =>
  name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
