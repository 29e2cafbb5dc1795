import * as tf from '@tensorflow/tfjs';

export function buildModel({ inputShape, outputUnits }: { inputShape: number[]; outputUnits: number }): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape, units: 64, activation: 'relu' }));
  model.add(tf.layers.dropout({ rate: 0.1 }));
  model.add(tf.layers.dense({ units: 32, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'meanSquaredError' });
  return model;
}
