import type { OwnOptimizer } from './ownOptimizer.ts';

/** Adam with weight decay of its own. */
export const adamW: OwnOptimizer = {
  type: 'adamW',
  typescript: `/**
 * Adam that takes a share of each weight off at every step, apart from its gradient.
 */
function adamW({
  learningRate,
  weightDecay,
}: {
  learningRate: number;
  weightDecay: number;
}): tf.Optimizer {
  class AdamW extends tf.AdamOptimizer {
    static className = 'AdamW';
    override minimize(
      f: () => tf.Scalar,
      returnCost?: boolean,
      variables?: tf.Variable[],
    ): tf.Scalar | null {
      const { value, grads } = this.computeGradients(f, variables);
      for (const weight of variables ?? [])
        weight.assign(tf.mul(weight, 1 - learningRate * weightDecay) as tf.Variable);
      this.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
      return returnCost ? value : null;
    }
  }
  return new AdamW(learningRate, 0.9, 0.999);
}`,
  keras: null,
  torch: null,
};

/** Steps of one size, by sign. */
export const lion: OwnOptimizer = {
  type: 'lion',
  typescript: `/** Steps of one size for every weight, by the sign of gradient and momentum. */
function lion({ learningRate }: { learningRate: number }): tf.Optimizer {
  const momenta = new Map<string, tf.Variable>();
  class Lion extends tf.SGDOptimizer {
    static className = 'Lion';
    override minimize(
      f: () => tf.Scalar,
      returnCost?: boolean,
      variables?: tf.Variable[],
    ): tf.Scalar | null {
      const { value, grads } = this.computeGradients(f, variables);
      for (const weight of variables ?? []) {
        const gradient = grads[weight.name] as tf.Tensor;
        const momentum = momenta.get(weight.name) ?? tf.variable(tf.zerosLike(weight), false);
        momenta.set(weight.name, momentum);
        const way = tf.sign(tf.add(tf.mul(momentum, 0.9), tf.mul(gradient, 0.1)));
        weight.assign(tf.sub(weight, tf.mul(way, learningRate)) as tf.Variable);
        momentum.assign(tf.add(tf.mul(momentum, 0.99), tf.mul(gradient, 0.01)) as tf.Variable);
      }
      return returnCost ? value : null;
    }
  }
  return new Lion(learningRate);
}`,
  keras: null,
  torch: `class Lion(torch.optim.Optimizer):
    """Steps of one size for every weight, by the sign of gradient and momentum."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                momentum = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
                way = torch.sign(0.9 * momentum + 0.1 * weight.grad)
                weight.add_(way, alpha=-group["lr"])
                momentum.mul_(0.99).add_(weight.grad, alpha=0.01)`,
};

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
    override minimize(
      f: () => tf.Scalar,
      returnCost?: boolean,
      variables?: tf.Variable[],
    ): tf.Scalar | null {
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
