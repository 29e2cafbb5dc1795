import { MINIMIZE, type OwnOptimizer } from './ownOptimizer.ts';

/** Adam whose steps adapt only as far as there is something to adapt by. */
export const rAdam: OwnOptimizer = {
  type: 'rAdam',
  typescript: `/**
 * Adam whose steps adapt only as far as the gradients seen so far say how they vary (Liu et al.,
 * 2019): the first ones follow the momentum alone.
 */
function rAdam({ learningRate }: { learningRate: number }): tf.Optimizer {
  const momenta = new Map<string, tf.Variable>();
  const squares = new Map<string, tf.Variable>();
  const longest = 1999;
  let step = 0;
  class RAdam extends tf.SGDOptimizer {
    static className = 'RAdam';
    ${MINIMIZE}
      const { value, grads } = this.computeGradients(f, variables);
      step += 1;
      const left = 0.999 ** step;
      const length = longest - (2 * step * left) / (1 - left);
      const all = (longest - 4) * (longest - 2) * length;
      const share = ((length - 4) * (length - 2) * longest) / all;
      for (const weight of variables ?? []) {
        const gradient = grads[weight.name] as tf.Tensor;
        const momentum = momenta.get(weight.name) ?? tf.variable(tf.zerosLike(weight), false);
        const square = squares.get(weight.name) ?? tf.variable(tf.zerosLike(weight), false);
        momenta.set(weight.name, momentum);
        squares.set(weight.name, square);
        momentum.assign(tf.add(tf.mul(momentum, 0.9), tf.mul(gradient, 0.1)) as tf.Variable);
        const energy = tf.mul(tf.square(gradient), 0.001);
        square.assign(tf.add(tf.mul(square, 0.999), energy) as tf.Variable);
        const way = tf.div(momentum, 1 - 0.9 ** step);
        const size = tf.add(tf.sqrt(tf.div(square, 1 - left)), 1e-8);
        const taken = length > 5 ? tf.mul(tf.div(way, size), Math.sqrt(share)) : way;
        weight.assign(tf.sub(weight, tf.mul(taken, learningRate)) as tf.Variable);
      }
      return returnCost ? value : null;
    }
  }
  return new RAdam(learningRate);
}`,
  keras: `def r_adam(learning_rate):
    """Adam whose steps adapt only as far as the gradients seen so far say how they vary."""

    class RAdam(optimizers.Optimizer):
        def build(self, variables):
            if self.built:
                return
            super().build(variables)
            beside = self.add_variable_from_reference
            self.momenta = [beside(each, "momentum") for each in variables]
            self.squares = [beside(each, "square") for each in variables]

        def update_step(self, gradient, variable, learning_rate):
            place = self._get_variable_index(variable)
            momentum, square = self.momenta[place], self.squares[place]
            step = ops.cast(self.iterations + 1, variable.dtype)
            left = ops.power(0.999, step)
            length = 1999.0 - 2.0 * step * left / (1.0 - left)
            share = (length - 4.0) * (length - 2.0) * 1999.0 / (1995.0 * 1997.0 * length)
            self.assign(momentum, 0.9 * momentum + 0.1 * gradient)
            self.assign(square, 0.999 * square + 0.001 * ops.square(gradient))
            way = momentum / (1.0 - ops.power(0.9, step))
            size = ops.sqrt(square / (1.0 - left)) + 1e-8
            adapted = way / size * ops.sqrt(ops.maximum(share, 0.0))
            taken = ops.where(length > 5.0, adapted, way)
            self.assign_sub(variable, ops.cast(learning_rate, variable.dtype) * taken)

    return RAdam(learning_rate=learning_rate)`,
  torch: null,
};
