import * as tf from '@tensorflow/tfjs';

interface Shapes {
  /** One image: 8 rows, 8 columns, 1 channel. */
  inputShape: number[];
  /** One unit a class: the digits 0 to 9. */
  outputUnits: number;
}

/** A small classifier for the UCI digits: one hidden layer over the flattened image. */
export function buildModel({ inputShape, outputUnits }: Shapes): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape }));
  model.add(tf.layers.dense({ units: 16, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.compile({
    optimizer: tf.train.adam(0.001),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}
