import { numberIn, type OwnLayer } from './ownLayer.ts';

/** A dense layer in several copies, of which a gate chooses for each row. */
export const expertMixture: OwnLayer = {
  type: 'expertMixture',
  typescript: `/**
 * Dense layers with rectifiers, of which the \`top\` that a gate prefers are mixed for each row.
 * The weight \`load\` holds the share of rows that each was chosen for of late.
 */
function expertMixture({
  units,
  experts,
  top,
}: {
  units: number;
  experts: number;
  top: number;
}): tf.layers.Layer {
  let kernel: tf.LayerVariable;
  let bias: tf.LayerVariable;
  let gate: tf.LayerVariable;
  let load: tf.LayerVariable;
  const choose = tf.customGrad((...given) => {
    const [shares, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const chosen = tf.sum(tf.oneHot(tf.topk(shares, top).indices, experts), -2);
    save([chosen]);
    return {
      value: tf.mul(shares, chosen),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor),
    };
  });
  class ExpertMixture extends tf.layers.Layer {
    static className = 'ExpertMixture';
    override build(shape: tf.Shape | tf.Shape[]): void {
      const width = [shape].flat().at(-1) as number;
      const start = tf.initializers.glorotUniform({});
      const zeros = tf.initializers.zeros();
      kernel = this.addWeight('kernel', [width, experts * units], 'float32', start);
      bias = this.addWeight('bias', [experts * units], 'float32', zeros);
      gate = this.addWeight('gate', [width, experts], 'float32', start);
      const even = tf.initializers.constant({ value: top / experts });
      load = this.addWeight('load', [experts], 'float32', even, undefined, false);
      super.build(shape);
    }
    override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
      return [...([shape].flat() as tf.Shape).slice(0, -1), units];
    }
    override call(inputs: tf.Tensor | tf.Tensor[], given: { training?: boolean }): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const rows = tf.reshape(x, [-1, x.shape.at(-1) as number]);
      const said = tf.relu(tf.add(tf.matMul(rows, kernel.read()), bias.read()));
      const shares = choose(tf.softmax(tf.matMul(rows, gate.read())));
      if (given.training) {
        const chosen = tf.mean(tf.cast(tf.greater(shares, 0), 'float32'), 0);
        load.write(tf.add(tf.mul(load.read(), 0.9), tf.mul(chosen, 0.1)));
      }
      const weights = tf.div(shares, tf.sum(shares, -1, true));
      const each = tf.reshape(said, [-1, experts, units]);
      const mixed = tf.sum(tf.mul(each, tf.expandDims(weights, -1)), 1);
      return tf.reshape(mixed, [-1, ...x.shape.slice(1, -1), units]);
    }
    override getConfig() {
      return { ...super.getConfig(), units, experts, top };
    }
  }
  return new ExpertMixture({});
}`,
  keras: `class ExpertMixture(layers.Layer):
    """Dense layers with rectifiers, of which those that a gate prefers are mixed for each row.

    The weight \`load\` holds the share of rows that each expert was chosen for of late.
    """

    def __init__(self, units, experts, top, **kwargs):
        super().__init__(**kwargs)
        self.units, self.experts, self.top = units, experts, top

    def build(self, shape):
        width, wide = shape[-1], self.experts * self.units
        self.kernel = self.add_weight(
            shape=(width, wide), initializer="glorot_uniform", name="kernel"
        )
        self.bias = self.add_weight(shape=(wide,), initializer="zeros", name="bias")
        self.gate = self.add_weight(
            shape=(width, self.experts), initializer="glorot_uniform", name="gate"
        )
        self.load = self.add_weight(
            shape=(self.experts,), initializer="zeros", trainable=False, name="load"
        )
        self.load.assign(ops.full((self.experts,), self.top / self.experts))

    def call(self, x, training=False):
        said = ops.relu(ops.matmul(x, self.kernel) + self.bias)
        shares = ops.softmax(ops.matmul(x, self.gate), axis=-1)
        places = ops.top_k(shares, self.top)[1]
        chosen = ops.sum(ops.one_hot(places, self.experts, dtype=x.dtype), axis=-2)
        chosen = ops.stop_gradient(chosen)
        if training:
            of_late = ops.mean(ops.reshape(chosen, (-1, self.experts)), axis=0)
            self.load.assign(0.9 * self.load + 0.1 * of_late)
        weights = shares * chosen / ops.sum(shares * chosen, axis=-1, keepdims=True)
        said = ops.reshape(said, (-1, *x.shape[1:-1], self.experts, self.units))
        return ops.sum(said * ops.expand_dims(weights, -1), axis=-2)

    def get_config(self):
        own = {"units": self.units, "experts": self.experts, "top": self.top}
        return {**super().get_config(), **own}`,
  torch: `class ExpertMixture(nn.Module):
    """Dense layers with rectifiers, of which those that a gate prefers are mixed for each row.

    The buffer \`load\` holds the share of rows that each expert was chosen for of late.
    """

    def __init__(self, in_features, out_features, experts, top):
        super().__init__()
        self.units, self.experts, self.top = out_features, experts, top
        self.kernel = nn.Parameter(torch.empty(in_features, experts * out_features))
        self.bias = nn.Parameter(torch.zeros(experts * out_features))
        self.gate = nn.Parameter(torch.empty(in_features, experts))
        self.register_buffer("load", torch.full((experts,), top / experts))
        nn.init.xavier_uniform_(self.kernel)
        nn.init.xavier_uniform_(self.gate)

    def forward(self, x):
        said = torch.relu(torch.matmul(x, self.kernel) + self.bias)
        shares = torch.softmax(torch.matmul(x, self.gate), dim=-1)
        places = torch.topk(shares, self.top, dim=-1).indices
        chosen = torch.zeros_like(shares).scatter(-1, places, 1.0)
        if self.training:
            of_late = chosen.detach().reshape(-1, self.experts).mean(0)
            self.load = 0.9 * self.load + 0.1 * of_late
        weights = shares * chosen / torch.sum(shares * chosen, dim=-1, keepdim=True)
        said = said.reshape(*x.shape[:-1], self.experts, self.units)
        return torch.sum(said * weights.unsqueeze(-1), dim=-2)`,
  statesWidth: true,
  widthOf: (layer) => numberIn(layer, 'units'),
  weightsOf: (layer, width) => {
    const [units, experts] = [numberIn(layer, 'units'), numberIn(layer, 'experts')];
    return units === null || experts === null
      ? null
      : experts * (width * units + units + width + 1);
  },
};
