import { asWide, type OwnLayer } from './ownLayer.ts';

/** A Hebbian memory of the steps before. */
export const fastWeights: OwnLayer = {
  type: 'fastWeights',
  typescript: `/**
 * Adds to each step what a Hebbian memory of the steps before answers to it: A becomes
 * decay A + x xᵀ, and a learned rate (0.1 at first) weighs the answer A x.
 */
function fastWeights({ decay }: { decay: number }): tf.layers.Layer {
  let rate: tf.LayerVariable;
  class FastWeights extends tf.layers.Layer {
    static className = 'FastWeights';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const start = tf.initializers.constant({ value: 0.1 });
      rate = this.addWeight('rate', [1], 'float32', start);
      super.build(shape);
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor3D;
      const [steps, features] = [x.shape[1], x.shape[2]];
      const places = tf.range(0, steps);
      const ago = tf.sub(tf.expandDims(places, 1), tf.expandDims(places, 0));
      const kept = tf.pow(decay, tf.relu(tf.sub(ago, 1)));
      const memory = tf.mul(kept, tf.cast(tf.greater(ago, 0), 'float32'));
      const alike = tf.div(tf.matMul(x, x, false, true), features);
      const answer = tf.matMul(tf.mul(alike, tf.expandDims(memory, 0)), x);
      return tf.add(x, tf.mul(rate.read(), answer));
    }
    override getConfig() {
      return { ...super.getConfig(), decay };
    }
  }
  return new FastWeights({});
}`,
  keras: `class FastWeights(layers.Layer):
    """Adds to each step what a Hebbian memory of the steps before answers to it.

    A becomes decay A + x x^T, and a learned rate (0.1 at first) weighs the answer A x.
    """

    def __init__(self, decay, **kwargs):
        super().__init__(**kwargs)
        self.decay = decay

    def build(self, shape):
        self.rate = self.add_weight(shape=(1,), initializer="ones", name="rate")
        self.rate.assign([0.1])

    def call(self, x):
        places = ops.arange(x.shape[1], dtype="float32")
        ago = ops.expand_dims(places, 1) - ops.expand_dims(places, 0)
        kept = ops.power(self.decay, ops.relu(ago - 1.0))
        memory = ops.where(ago > 0, kept, 0.0)
        alike = ops.matmul(x, ops.transpose(x, (0, 2, 1))) / x.shape[2]
        return x + self.rate * ops.matmul(alike * memory, x)

    def get_config(self):
        return {**super().get_config(), "decay": self.decay}`,
  torch: `class FastWeights(nn.Module):
    """Adds to each step what a Hebbian memory of the steps before answers to it.

    A becomes decay A + x x^T, and a learned rate (0.1 at first) weighs the answer A x.
    """

    def __init__(self, decay):
        super().__init__()
        self.decay = decay
        self.rate = nn.Parameter(torch.full((1,), 0.1))

    def forward(self, x):
        places = torch.arange(x.shape[1], dtype=x.dtype, device=x.device)
        ago = places.unsqueeze(1) - places.unsqueeze(0)
        kept = self.decay ** torch.relu(ago - 1.0)
        memory = torch.where(ago > 0, kept, torch.zeros_like(kept))
        alike = torch.matmul(x, x.transpose(1, 2)) / x.shape[2]
        return x + self.rate * torch.matmul(alike * memory, x)`,
  statesWidth: false,
  widthOf: asWide,
  weightsOf: () => 1,
};
