/** tfjs layer types of PyTorch modules that stand in an `nn.Sequential`. */
export const torchTypes: Readonly<Record<string, string>> = {
  Linear: 'dense',
  LazyLinear: 'dense',
  Conv1d: 'conv1d',
  Conv2d: 'conv2d',
  Dropout: 'dropout',
  Flatten: 'flatten',
  ReLU: 'reLU',
  ELU: 'elu',
  LeakyReLU: 'leakyReLU',
  Softmax: 'softmax',
  BatchNorm1d: 'batchNormalization',
  BatchNorm2d: 'batchNormalization',
  LayerNorm: 'layerNormalization',
  MaxPool1d: 'maxPooling1d',
  MaxPool2d: 'maxPooling2d',
  AvgPool2d: 'averagePooling2d',
  Embedding: 'embedding',
};

/** PyTorch modules that are activations by name. */
export const torchActivations: Readonly<Record<string, string>> = {
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
  GELU: 'gelu',
  SiLU: 'swish',
  Softplus: 'softplus',
  SELU: 'selu',
};

/** tfjs names of PyTorch's keyword arguments. */
export const torchArguments: Readonly<Record<string, string>> = {
  out_features: 'units',
  in_features: 'inFeatures',
  out_channels: 'filters',
  in_channels: 'inChannels',
  kernel_size: 'kernelSize',
  stride: 'strides',
  p: 'rate',
  negative_slope: 'alpha',
  bias: 'useBias',
};

/** tfjs names of PyTorch's positional arguments. */
export const torchPositional: Readonly<Record<string, readonly string[]>> = {
  Linear: ['inFeatures', 'units', 'useBias'],
  LazyLinear: ['units'],
  Conv1d: ['inChannels', 'filters', 'kernelSize', 'strides', 'padding'],
  Conv2d: ['inChannels', 'filters', 'kernelSize', 'strides', 'padding'],
  Dropout: ['rate'],
  LeakyReLU: ['alpha'],
  BatchNorm1d: ['features'],
  BatchNorm2d: ['features'],
  LayerNorm: ['features'],
  MaxPool1d: ['poolSize', 'strides'],
  MaxPool2d: ['poolSize', 'strides'],
  AvgPool2d: ['poolSize', 'strides'],
  Embedding: ['inputDim', 'outputDim'],
};
