import * as tf from '@tensorflow/tfjs';

/** Keeps a share of what comes in, learned unit by unit. */
class Keep extends tf.layers.Layer {
  static override className = 'Keep';
  #share: tf.LayerVariable | null = null;

  override build(shape: tf.Shape): void {
    const ones = tf.initializers.ones();
    this.#share = this.addWeight('share', [shape.at(-1) ?? null], 'float32', ones);
    super.build(shape);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [values] = [inputs].flat();
    if (!values || !this.#share) throw new Error('It is not built.');
    return tf.mul(values, this.#share.read());
  }
}
tf.serialization.registerClass(Keep);

export function buildModel(): tf.LayersModel {
  const user = tf.input({ shape: [3], name: 'user' });
  const item = tf.input({ shape: [2], name: 'item' });
  const both = tf.layers.concatenate().apply([user, item]);
  const hidden = new Keep({}).apply(
    tf.layers.dense({ units: 16, activation: 'relu' }).apply(both),
  );
  const rating = tf.layers.dense({ units: 1, name: 'rating' }).apply(hidden);
  const kind = tf.layers.dense({ units: 2, activation: 'softmax', name: 'kind' }).apply(hidden);
  return tf.model({
    inputs: [user, item],
    outputs: [rating as tf.SymbolicTensor, kind as tf.SymbolicTensor],
  });
}
