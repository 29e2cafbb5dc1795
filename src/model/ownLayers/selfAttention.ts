import { asWide, type OwnLayer } from './ownLayer.ts';

/** Each step asks all others; only so far apart as `reach` says. */
export const selfAttention: OwnLayer = {
  type: 'selfAttention',
  typescript: `/**
 * Adds to each step a mean of the steps at most \`reach\` away (0: all), weighed in \`heads\`
 * ways by how well query and key agree.
 */
function selfAttention({ heads, reach }: { heads: number; reach: number }): tf.layers.Layer {
  const kernels: tf.LayerVariable[] = [];
  class SelfAttention extends tf.layers.Layer {
    static className = 'SelfAttention';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const width = [shape].flat().at(-1) as number;
      const start = tf.initializers.glorotUniform({});
      for (const name of ['query', 'key', 'value', 'output'])
        kernels.push(this.addWeight(name, [width, width], 'float32', start));
      super.build(shape);
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor3D;
      const [steps, width] = [x.shape[1], x.shape[2]];
      const own = width / heads;
      const [query, key, value] = kernels.slice(0, 3).map((kernel) => {
        const all = tf.matMul(tf.reshape(x, [-1, width]), kernel.read());
        return tf.transpose(tf.reshape(all, [-1, steps, heads, own]), [0, 2, 1, 3]);
      }) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const places = tf.range(0, steps);
      const apart = tf.abs(tf.sub(tf.expandDims(places, 1), tf.expandDims(places, 0)));
      const far = tf.cast(tf.greater(apart, reach > 0 ? reach : steps), 'float32');
      const agree = tf.div(tf.matMul(query, key, false, true), Math.sqrt(own));
      const shares = tf.softmax(tf.sub(agree, tf.mul(far, 1e9)));
      const heard = tf.transpose(tf.matMul(shares, value), [0, 2, 1, 3]);
      const last = kernels[3] as tf.LayerVariable;
      const out = tf.matMul(tf.reshape(heard, [-1, width]), last.read());
      return tf.add(x, tf.reshape(out, [-1, steps, width]));
    }
    override getConfig() {
      return { ...super.getConfig(), heads, reach };
    }
  }
  return new SelfAttention({});
}`,
  keras: `class SelfAttention(layers.Layer):
    """Adds to each step a mean of the steps at most \`reach\` away, weighed in \`heads\` ways."""

    def __init__(self, heads, reach, **kwargs):
        super().__init__(**kwargs)
        self.heads, self.reach = heads, reach

    def build(self, shape):
        width = shape[-1]
        self.kernels = [
            self.add_weight(shape=(width, width), initializer="glorot_uniform", name=name)
            for name in ("query", "key", "value", "output")
        ]

    def call(self, x):
        steps, width = x.shape[1], x.shape[2]
        own = width // self.heads
        query, key, value = [
            ops.transpose(
                ops.reshape(ops.matmul(x, kernel), (-1, steps, self.heads, own)), (0, 2, 1, 3)
            )
            for kernel in self.kernels[:3]
        ]
        places = ops.arange(steps, dtype="float32")
        apart = ops.abs(ops.expand_dims(places, 1) - ops.expand_dims(places, 0))
        far = ops.where(apart > (self.reach or steps), 1e9, 0.0)
        agree = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / own**0.5
        heard = ops.matmul(ops.softmax(agree - far, axis=-1), value)
        heard = ops.reshape(ops.transpose(heard, (0, 2, 1, 3)), (-1, steps, width))
        return x + ops.matmul(heard, self.kernels[3])

    def get_config(self):
        return {**super().get_config(), "heads": self.heads, "reach": self.reach}`,
  torch: `class SelfAttention(nn.Module):
    """Adds to each step a mean of the steps at most \`reach\` away, weighed in \`heads\` ways."""

    def __init__(self, in_features, heads, reach):
        super().__init__()
        self.heads, self.reach = heads, reach
        self.kernels = nn.ParameterList(
            [nn.Parameter(torch.empty(in_features, in_features)) for _ in range(4)]
        )
        for kernel in self.kernels:
            nn.init.xavier_uniform_(kernel)

    def forward(self, x):
        steps, width = x.shape[1], x.shape[2]
        own = width // self.heads
        query, key, value = [
            torch.matmul(x, kernel).reshape(-1, steps, self.heads, own).transpose(1, 2)
            for kernel in list(self.kernels)[:3]
        ]
        places = torch.arange(steps, device=x.device)
        far = torch.abs(places.unsqueeze(1) - places.unsqueeze(0)) > (self.reach or steps)
        agree = torch.matmul(query, key.transpose(2, 3)) / own**0.5
        heard = torch.matmul(torch.softmax(agree - 1e9 * far, dim=-1), value)
        heard = heard.transpose(1, 2).reshape(-1, steps, width)
        return x + torch.matmul(heard, self.kernels[3])`,
  statesWidth: true,
  widthOf: asWide,
  weightsOf: (_layer, width) => 4 * width * width,
};
