import { asWide, type OwnLayer } from './ownLayer.ts';

/** An activation that is periodic and grows. */
export const snake: OwnLayer = {
  type: 'snake',
  typescript: `/** x + sin²(a x) / a, with a learned frequency a for each unit. */
function snake(): tf.layers.Layer {
  let frequency: tf.LayerVariable;
  class Snake extends tf.layers.Layer {
    static className = 'Snake';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const width = [shape].flat().at(-1) as number;
      frequency = this.addWeight('frequency', [width], 'float32', tf.initializers.ones());
      super.build(shape);
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const a = frequency.read();
      return tf.add(x, tf.div(tf.square(tf.sin(tf.mul(a, x))), tf.add(a, 1e-6)));
    }
  }
  return new Snake({});
}`,
  keras: `class Snake(layers.Layer):
    """x + sin²(a x) / a, with a learned frequency a for each unit."""

    def build(self, shape):
        self.frequency = self.add_weight(
            shape=(shape[-1],), initializer="ones", name="frequency"
        )

    def call(self, x):
        return x + ops.square(ops.sin(self.frequency * x)) / (self.frequency + 1e-6)`,
  torch: `class Snake(nn.Module):
    """x + sin²(a x) / a, with a learned frequency a for each unit."""

    def __init__(self, in_features):
        super().__init__()
        self.frequency = nn.Parameter(torch.ones(in_features))

    def forward(self, x):
        return x + torch.square(torch.sin(self.frequency * x)) / (self.frequency + 1e-6)`,
  statesWidth: true,
  widthOf: asWide,
  weightsOf: (_layer, width) => width,
};
