import { MINIMIZE, type OwnOptimizer } from './ownOptimizer.ts';

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
    ${MINIMIZE}
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
    ${MINIMIZE}
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
