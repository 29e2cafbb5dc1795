import { asWide, noWeights, type OwnLayer } from './ownLayer.ts';

/** Where a step stands, as sines and cosines added to it. */
export const positionCodes: OwnLayer = {
  type: 'positionCodes',
  typescript: `/** Adds sines and cosines of the place of each step to its features. */
function positionCodes(): tf.layers.Layer {
  class PositionCodes extends tf.layers.Layer {
    static className = 'PositionCodes';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor3D;
      const [steps, features] = [x.shape[1], x.shape[2]];
      const channels = tf.range(0, features);
      const pair = tf.floor(tf.div(channels, 2));
      const rates = tf.exp(tf.mul(pair, (-2 * Math.log(10000)) / features));
      const turns = tf.mul(tf.expandDims(tf.range(0, steps), 1), tf.expandDims(rates, 0));
      const isOdd = tf.sub(channels, tf.mul(pair, 2));
      const even = tf.mul(tf.sin(turns), tf.sub(1, isOdd));
      return tf.add(x, tf.add(even, tf.mul(tf.cos(turns), isOdd)));
    }
  }
  return new PositionCodes({});
}`,
  keras: `class PositionCodes(layers.Layer):
    """Adds sines and cosines of the place of each step to its features."""

    def call(self, x):
        channels = ops.arange(x.shape[2], dtype="float32")
        pair = ops.floor(channels / 2)
        rates = ops.exp(pair * (-2 * 9.210340371976184 / x.shape[2]))
        turns = ops.expand_dims(ops.arange(x.shape[1], dtype="float32"), 1) * rates
        return x + ops.where(channels == 2 * pair, ops.sin(turns), ops.cos(turns))`,
  torch: `class PositionCodes(nn.Module):
    """Adds sines and cosines of the place of each step to its features."""

    def forward(self, x):
        channels = torch.arange(x.shape[2], dtype=x.dtype, device=x.device)
        pair = torch.floor(channels / 2)
        rates = torch.exp(pair * (-2 * 9.210340371976184 / x.shape[2]))
        turns = torch.arange(x.shape[1], dtype=x.dtype, device=x.device).unsqueeze(1) * rates
        return x + torch.where(channels == 2 * pair, torch.sin(turns), torch.cos(turns))`,
  statesWidth: false,
  widthOf: asWide,
  weightsOf: noWeights,
};
