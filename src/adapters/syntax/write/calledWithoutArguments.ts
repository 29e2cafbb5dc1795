/**
 * Factories of tfjs that may be called without a configuration (`exports_layers.d.ts`: `args?`).
 */
export const CALLED_WITHOUT_ARGUMENTS: ReadonlySet<string> = new Set([
  'elu',
  'reLU',
  'leakyReLU',
  'prelu',
  'softmax',
  'thresholdedReLU',
  'flatten',
  'add',
  'average',
  'concatenate',
  'maximum',
  'minimum',
  'multiply',
  'batchNormalization',
  'layerNormalization',
  'zeroPadding2d',
  'globalAveragePooling1d',
  'globalMaxPooling1d',
  'masking',
]);
