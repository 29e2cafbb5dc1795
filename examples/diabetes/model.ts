import * as tf from '@tensorflow/tfjs';

interface Shapes {
  /** Ten measurements of one patient. */
  inputShape: number[];
  /** One number: how far the disease has progressed a year later. */
  outputUnits: number;
}

/** A regressor for the diabetes table: two hidden layers. */
export function buildModel({ inputShape, outputUnits }: Shapes): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape, units: 32, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 32, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits }));
  model.compile({
    optimizer: tf.train.adam(0.01),
    loss: 'meanSquaredError',
  });
  return model;
}
