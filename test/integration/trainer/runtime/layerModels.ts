import type { Variable } from '@tensorflow/tfjs';
import type { LayersModel, Scalar, Tensor, Tf } from '../../../../src/workers/tfjs/tf.ts';
import type { LayerCase } from './layerCases.ts';

export const activations = [
  'elu',
  'selu',
  'relu',
  'relu6',
  'linear',
  'sigmoid',
  'hardSigmoid',
  'softplus',
  'softsign',
  'tanh',
  'softmax',
  'logSoftmax',
  'gelu',
  'gelu_new',
  'mish',
  'swish',
] as const;

export const initializers = [
  'zeros',
  'ones',
  'randomUniform',
  'randomNormal',
  'truncatedNormal',
  'identity',
  'varianceScaling',
  'glorotUniform',
  'glorotNormal',
  'heNormal',
  'heUniform',
  'leCunNormal',
  'leCunUniform',
  'orthogonal',
] as const;

/** The case's layers, then two outputs; compiled. */
export function modelOf(tf: Tf, { input, layers }: LayerCase): LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [...input] }));
  for (const layer of layers(tf)) model.add(layer);
  if (model.outputs[0]?.rank !== 2) model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 2 }));
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  return model;
}

/** Fixed numbers that fit the model: 7 rows. */
function rowsFor(
  tf: Tf,
  model: LayersModel,
  vocabulary: number | undefined,
): { x: Tensor; y: Tensor } {
  const shape = [ROWS, ...(model.inputs[0]?.shape.slice(1) ?? [])].map(Number);
  const size = shape.reduce((product, length) => product * length, 1);
  const number = (i: number): number =>
    vocabulary ? (i * 5 + 3) % vocabulary : Math.sin(i * 12.9898);
  const x = tf.tensor(
    Float32Array.from({ length: size }, (_, i) => number(i)),
    shape,
  );
  return {
    x,
    y: tf.tensor2d(
      Float32Array.from({ length: ROWS * 2 }, (_, i) => (i % 3) / 2),
      [ROWS, 2],
    ),
  };
}

const ROWS = 7;

/**
 * The loss of one step, and its gradient with respect to every weight, in the order of the weights.
 */
export function firstStep(tf: Tf, model: LayersModel, vocabulary?: number): number[][] {
  const { x, y } = rowsFor(tf, model, vocabulary);
  return tf.tidy(() => {
    const loss = (): Scalar =>
      tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as Tensor);
    const { value, grads } = tf.variableGrads(
      loss,
      model.trainableWeights.map((weight) => weight.read() as Variable),
    );
    return [value, ...Object.values(grads)].map((tensor) => Array.from(tensor.dataSync()));
  });
}
