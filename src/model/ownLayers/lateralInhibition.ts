import { asWide, noWeights, type OwnLayer } from './ownLayer.ts';

/** Divisive normalisation: each unit is held down by the activity of all. */
export const lateralInhibition: OwnLayer = {
  type: 'lateralInhibition',
  typescript: `/**
 * Divides each number by the activity of its row: the strong hold the others down.
 */
function lateralInhibition({ strength }: { strength: number }): tf.layers.Layer {
  class LateralInhibition extends tf.layers.Layer {
    static className = 'LateralInhibition';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const activity = tf.mean(tf.square(x), -1, true);
      return tf.div(x, tf.sqrt(tf.add(1, tf.mul(strength, activity))));
    }
    override getConfig() {
      return { ...super.getConfig(), strength };
    }
  }
  return new LateralInhibition({});
}`,
  keras: `class LateralInhibition(layers.Layer):
    """Divides each number by the activity of its row: the strong hold the others down."""

    def __init__(self, strength, **kwargs):
        super().__init__(**kwargs)
        self.strength = strength

    def call(self, x):
        activity = ops.mean(ops.square(x), axis=-1, keepdims=True)
        return x / ops.sqrt(1.0 + self.strength * activity)

    def get_config(self):
        return {**super().get_config(), "strength": self.strength}`,
  torch: `class LateralInhibition(nn.Module):
    """Divides each number by the activity of its row: the strong hold the others down."""

    def __init__(self, strength):
        super().__init__()
        self.strength = strength

    def forward(self, x):
        activity = torch.mean(torch.square(x), dim=-1, keepdim=True)
        return x / torch.sqrt(1.0 + self.strength * activity)`,
  statesWidth: false,
  widthOf: asWide,
  weightsOf: noWeights,
};
