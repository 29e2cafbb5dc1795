import { asWide, noWeights, type OwnLayer } from './ownLayer.ts';

/** Sparse activity: of each row the k largest numbers are left, exactly k. */
export const kWinners: OwnLayer = {
  type: 'kWinners',
  typescript: `/** Leaves the k largest numbers of each row as they are; all others are 0. */
function kWinners({ k }: { k: number }): tf.layers.Layer {
  class KWinners extends tf.layers.Layer {
    static className = 'KWinners';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor;
      const select = tf.customGrad((...given) => {
        const [rows, save] = given as [tf.Tensor, tf.GradSaveFunc];
        const places = tf.topk(rows, k).indices;
        const winners = tf.sum(tf.oneHot(places, rows.shape.at(-1) as number), -2);
        save([winners]);
        return {
          value: tf.mul(rows, winners),
          gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor),
        };
      });
      return select(x);
    }
    override getConfig() {
      return { ...super.getConfig(), k };
    }
  }
  return new KWinners({});
}`,
  keras: `class KWinners(layers.Layer):
    """Leaves the k largest numbers of each row as they are; all others are 0."""

    def __init__(self, k, **kwargs):
        super().__init__(**kwargs)
        self.k = k

    def call(self, x):
        places = ops.top_k(x, self.k)[1]
        winners = ops.sum(ops.one_hot(places, x.shape[-1], dtype=x.dtype), axis=-2)
        return x * ops.stop_gradient(winners)

    def get_config(self):
        return {**super().get_config(), "k": self.k}`,
  torch: `class KWinners(nn.Module):
    """Leaves the k largest numbers of each row as they are; all others are 0."""

    def __init__(self, k):
        super().__init__()
        self.k = k

    def forward(self, x):
        places = torch.topk(x, self.k, dim=-1).indices
        return x * torch.zeros_like(x).scatter(-1, places, 1.0)`,
  statesWidth: false,
  widthOf: asWide,
  weightsOf: noWeights,
};
