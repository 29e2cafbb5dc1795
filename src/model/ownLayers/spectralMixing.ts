import { asWide, noWeights, type OwnLayer } from './ownLayer.ts';

/** What all steps and all features tell together, as their Fourier transform. */
export const spectralMixing: OwnLayer = {
  type: 'spectralMixing',
  typescript: `/** Adds to steps × features the real part of their Fourier transform, scaled. */
function spectralMixing(): tf.layers.Layer {
  const turnsOf = (size: number): tf.Tensor => {
    const places = tf.range(0, size);
    return tf.mul(tf.outerProduct(places, places), (2 * Math.PI) / size);
  };
  class SpectralMixing extends tf.layers.Layer {
    static className = 'SpectralMixing';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const x = [inputs].flat()[0] as tf.Tensor3D;
      const [steps, features] = [x.shape[1], x.shape[2]];
      const [overSteps, overFeatures] = [turnsOf(steps), turnsOf(features)];
      const through = (own: tf.Tensor, other: tf.Tensor): tf.Tensor => {
        const mixed = tf.matMul(tf.reshape(x, [-1, features]), own);
        const turned = tf.transpose(tf.reshape(mixed, [-1, steps, features]), [0, 2, 1]);
        const both = tf.matMul(tf.reshape(turned, [-1, steps]), other);
        return tf.transpose(tf.reshape(both, [-1, features, steps]), [0, 2, 1]);
      };
      const cosines = through(tf.cos(overFeatures), tf.cos(overSteps));
      const sines = through(tf.sin(overFeatures), tf.sin(overSteps));
      return tf.add(x, tf.div(tf.sub(cosines, sines), Math.sqrt(steps * features)));
    }
  }
  return new SpectralMixing({});
}`,
  keras: `class SpectralMixing(layers.Layer):
    """Adds to steps x features the real part of their Fourier transform, scaled to one size."""

    def waves(self, size):
        places = ops.arange(size, dtype="float32")
        turns = ops.outer(places, places) * (2 * 3.141592653589793 / size)
        return ops.cos(turns) / size**0.5, ops.sin(turns) / size**0.5

    def call(self, x):
        cosine, sine = self.waves(x.shape[1])
        own_cosine, own_sine = self.waves(x.shape[2])
        real = ops.matmul(cosine, ops.matmul(x, own_cosine))
        return x + real - ops.matmul(sine, ops.matmul(x, own_sine))`,
  torch: `class SpectralMixing(nn.Module):
    """Adds to steps x features the real part of their Fourier transform, scaled to one size."""

    def forward(self, x):
        return x + torch.fft.fft2(x, dim=(-2, -1), norm="ortho").real`,
  statesWidth: false,
  widthOf: asWide,
  weightsOf: noWeights,
};
