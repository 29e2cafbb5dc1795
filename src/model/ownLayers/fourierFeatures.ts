import { numberIn, weightsBy, type OwnLayer } from './ownLayer.ts';

/** Sines and cosines of learned mixtures of the inputs, beside the inputs. */
export const fourierFeatures: OwnLayer = {
  type: 'fourierFeatures',
  typescript: `/**
 * The inputs, and sine and cosine of \`waves\` learned mixtures of them (x W, W of that scale).
 */
function fourierFeatures({ waves, scale }: { waves: number; scale: number }): tf.layers.Layer {
  let kernel: tf.LayerVariable;
  class FourierFeatures extends tf.layers.Layer {
    static className = 'FourierFeatures';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const width = [shape].flat().at(-1) as number;
      const start = tf.initializers.randomNormal({ stddev: scale });
      kernel = this.addWeight('kernel', [width, waves], 'float32', start);
      super.build(shape);
    }
    override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
      const sizes = [shape].flat() as tf.Shape;
      return [...sizes.slice(0, -1), (sizes.at(-1) as number) + 2 * waves];
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const rows = tf.reshape(x, [-1, x.shape.at(-1) as number]);
      const phases = tf.matMul(rows, kernel.read());
      const all = tf.concat([rows, tf.sin(phases), tf.cos(phases)], -1);
      return tf.reshape(all, [-1, ...x.shape.slice(1, -1), all.shape.at(-1) as number]);
    }
    override getConfig() {
      return { ...super.getConfig(), waves, scale };
    }
  }
  return new FourierFeatures({});
}`,
  keras: `class FourierFeatures(layers.Layer):
    """The inputs, and sine and cosine of learned mixtures of them (x W, W of scale \`scale\`)."""

    def __init__(self, waves, scale, **kwargs):
        super().__init__(**kwargs)
        self.waves, self.scale = waves, scale

    def build(self, shape):
        self.kernel = self.add_weight(
            shape=(shape[-1], self.waves), initializer="random_normal", name="kernel"
        )
        self.kernel.assign(self.kernel * (self.scale / 0.05))

    def call(self, x):
        phases = ops.matmul(x, self.kernel)
        return ops.concatenate([x, ops.sin(phases), ops.cos(phases)], axis=-1)

    def get_config(self):
        return {**super().get_config(), "waves": self.waves, "scale": self.scale}`,
  torch: `class FourierFeatures(nn.Module):
    """The inputs, and sine and cosine of learned mixtures of them (x W, W of scale \`scale\`)."""

    def __init__(self, in_features, waves, scale):
        super().__init__()
        self.kernel = nn.Parameter(scale * torch.randn(in_features, waves))

    def forward(self, x):
        phases = torch.matmul(x, self.kernel)
        return torch.cat([x, torch.sin(phases), torch.cos(phases)], dim=-1)`,
  statesWidth: true,
  widthOf: (layer, width) => {
    const waves = numberIn(layer, 'waves');
    return waves === null ? null : width + 2 * waves;
  },
  weightsOf: weightsBy('waves', (waves, width) => width * waves),
};
