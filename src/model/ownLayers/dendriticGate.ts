import { asWide, weightsBy, type OwnLayer } from './ownLayer.ts';

/** Each unit is let through by the strongest of its dendrites. */
export const dendriticGate: OwnLayer = {
  type: 'dendriticGate',
  typescript: `/** Multiplies each unit by the sigmoid of the strongest of its dendrites. */
function dendriticGate({ segments }: { segments: number }): tf.layers.Layer {
  let kernel: tf.LayerVariable;
  class DendriticGate extends tf.layers.Layer {
    static className = 'DendriticGate';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const width = [shape].flat().at(-1) as number;
      const start = tf.initializers.glorotUniform({});
      kernel = this.addWeight('kernel', [width, segments * width], 'float32', start);
      super.build(shape);
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const width = x.shape.at(-1) as number;
      const rows = tf.reshape(x, [-1, width]);
      const dendrites = tf.reshape(tf.matMul(rows, kernel.read()), [-1, segments, width]);
      const gated = tf.mul(rows, tf.sigmoid(tf.max(dendrites, 1)));
      return tf.reshape(gated, [-1, ...x.shape.slice(1)]);
    }
    override getConfig() {
      return { ...super.getConfig(), segments };
    }
  }
  return new DendriticGate({});
}`,
  keras: `class DendriticGate(layers.Layer):
    """Multiplies each unit by the sigmoid of the strongest of its dendrites."""

    def __init__(self, segments, **kwargs):
        super().__init__(**kwargs)
        self.segments = segments

    def build(self, shape):
        self.width = shape[-1]
        self.kernel = self.add_weight(
            shape=(self.width, self.segments * self.width),
            initializer="glorot_uniform",
            name="kernel",
        )

    def call(self, x):
        dendrites = ops.matmul(x, self.kernel)
        dendrites = ops.reshape(dendrites, (-1, *x.shape[1:-1], self.segments, self.width))
        return x * ops.sigmoid(ops.max(dendrites, axis=-2))

    def get_config(self):
        return {**super().get_config(), "segments": self.segments}`,
  torch: `class DendriticGate(nn.Module):
    """Multiplies each unit by the sigmoid of the strongest of its dendrites."""

    def __init__(self, in_features, segments):
        super().__init__()
        self.segments = segments
        self.kernel = nn.Parameter(torch.empty(in_features, segments * in_features))
        nn.init.xavier_uniform_(self.kernel)

    def forward(self, x):
        dendrites = torch.matmul(x, self.kernel)
        dendrites = dendrites.reshape(*x.shape[:-1], self.segments, x.shape[-1])
        return x * torch.sigmoid(torch.amax(dendrites, dim=-2))`,
  statesWidth: true,
  widthOf: asWide,
  weightsOf: weightsBy('segments', (segments, width) => width * segments * width),
};
