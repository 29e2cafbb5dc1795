import { asWide, weightsBy, type OwnLayer } from './ownLayer.ts';

/** One matrix that feeds the answer back, a few times over. */
export const feedback: OwnLayer = {
  type: 'feedback',
  typescript: `/**
 * Refines its input: h becomes x + tanh(h W + b), a few times, with the same weights.
 */
function feedback({ steps }: { steps: number }): tf.layers.Layer {
  let kernel: tf.LayerVariable;
  let bias: tf.LayerVariable;
  class Feedback extends tf.layers.Layer {
    static className = 'Feedback';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const width = [shape].flat().at(-1) as number;
      const start = tf.initializers.glorotUniform({});
      kernel = this.addWeight('kernel', [width, width], 'float32', start);
      bias = this.addWeight('bias', [width], 'float32', tf.initializers.zeros());
      super.build(shape);
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const width = x.shape.at(-1) as number;
      const rows = tf.reshape(x, [-1, width]);
      let state = rows;
      for (let step = 0; step < steps; step += 1) {
        const back = tf.add(tf.matMul(state, kernel.read()), bias.read());
        state = tf.add(rows, tf.tanh(back));
      }
      return tf.reshape(state, [-1, ...x.shape.slice(1)]);
    }
    override getConfig() {
      return { ...super.getConfig(), steps };
    }
  }
  return new Feedback({});
}`,
  keras: `class Feedback(layers.Layer):
    """Refines its input: h becomes x + tanh(h W + b), a few times, with the same weights."""

    def __init__(self, steps, **kwargs):
        super().__init__(**kwargs)
        self.steps = steps

    def build(self, shape):
        width = shape[-1]
        self.kernel = self.add_weight(
            shape=(width, width), initializer="glorot_uniform", name="kernel"
        )
        self.bias = self.add_weight(shape=(width,), initializer="zeros", name="bias")

    def call(self, x):
        state = x
        for _ in range(self.steps):
            state = x + ops.tanh(ops.matmul(state, self.kernel) + self.bias)
        return state

    def get_config(self):
        return {**super().get_config(), "steps": self.steps}`,
  torch: `class Feedback(nn.Module):
    """Refines its input: h becomes x + tanh(h W + b), a few times, with the same weights."""

    def __init__(self, in_features, steps):
        super().__init__()
        self.steps = steps
        self.kernel = nn.Parameter(torch.empty(in_features, in_features))
        self.bias = nn.Parameter(torch.zeros(in_features))
        nn.init.xavier_uniform_(self.kernel)

    def forward(self, x):
        state = x
        for _ in range(self.steps):
            state = x + torch.tanh(torch.matmul(state, self.kernel) + self.bias)
        return state`,
  statesWidth: true,
  widthOf: asWide,
  weightsOf: weightsBy('steps', (_steps, width) => width * width + width),
};
