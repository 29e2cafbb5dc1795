import { MINIMIZE, type OwnOptimizer } from './ownOptimizer.ts';

/** A learning rate that rises, and falls along a cosine. */
export const cosineAdam: OwnOptimizer = {
  type: 'cosineAdam',
  typescript: `/**
 * Adam whose rate rises for \`warmup\` steps to \`learningRate\`, and falls to 0 along a cosine by
 * \`steps\`.
 */
function cosineAdam({
  learningRate,
  steps,
  warmup,
}: {
  learningRate: number;
  steps: number;
  warmup: number;
}): tf.Optimizer {
  let taken = 0;
  class CosineAdam extends tf.AdamOptimizer {
    static className = 'CosineAdam';
    ${MINIMIZE}
      const gone = Math.max(0, taken + 1 - warmup);
      const fallen = Math.min(1, gone / Math.max(1, steps - warmup));
      const rising = Math.min(1, (taken + 1) / Math.max(1, warmup));
      this.learningRate = learningRate * rising * 0.5 * (1 + Math.cos(Math.PI * fallen));
      taken += 1;
      return super.minimize(f, returnCost, variables);
    }
  }
  return new CosineAdam(learningRate, 0.9, 0.999);
}`,
  keras: `def cosine_adam(learning_rate, steps, warmup):
    """Adam whose rate rises for some steps to \`learning_rate\`, and falls to 0 along a cosine."""
    course = optimizers.schedules.CosineDecay(
        learning_rate / max(1, warmup),
        max(1, steps - warmup),
        warmup_target=learning_rate,
        warmup_steps=max(1, warmup - 1),
    )
    return optimizers.Adam(learning_rate=course)`,
  torch: `class CosineAdam(torch.optim.Adam):
    """Adam whose rate rises for some steps to \`lr\`, and falls to 0 along a cosine."""

    def __init__(self, params, lr, steps, warmup):
        super().__init__(params, lr=lr)
        self.peak, self.steps, self.warmup, self.taken = lr, steps, warmup, 0

    def step(self, closure=None):
        gone = max(0, self.taken + 1 - self.warmup)
        fallen = min(1.0, gone / max(1, self.steps - self.warmup))
        rising = min(1.0, (self.taken + 1) / max(1, self.warmup))
        cosine = torch.cos(torch.tensor(3.141592653589793 * fallen)).item()
        for group in self.param_groups:
            group["lr"] = self.peak * rising * 0.5 * (1 + cosine)
        self.taken += 1
        return super().step(closure)`,
};

/** Gradients that are cut to a length. */
export const clippedAdam: OwnOptimizer = {
  type: 'clippedAdam',
  typescript: `/** Adam on gradients that, all weights together, are no longer than \`norm\`. */
function clippedAdam({ learningRate, norm }: { learningRate: number; norm: number }): tf.Optimizer {
  class ClippedAdam extends tf.AdamOptimizer {
    static className = 'ClippedAdam';
    ${MINIMIZE}
      const { value, grads } = this.computeGradients(f, variables);
      const squares = Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)));
      const length = tf.sqrt(tf.addN(squares));
      const factor = tf.minimum(1, tf.div(norm, tf.add(length, 1e-12)));
      const clipped = Object.entries(grads).map(([name, gradient]) => ({
        name,
        tensor: tf.mul(gradient, factor),
      }));
      this.applyGradients(clipped);
      return returnCost ? value : null;
    }
  }
  return new ClippedAdam(learningRate, 0.9, 0.999);
}`,
  keras: `def clipped_adam(learning_rate, norm):
    """Adam on gradients that, all weights together, are no longer than \`norm\`."""
    return optimizers.Adam(learning_rate=learning_rate, global_clipnorm=norm)`,
  torch: `class ClippedAdam(torch.optim.Adam):
    """Adam on gradients that, all weights together, are no longer than \`norm\`."""

    def __init__(self, params, lr, norm):
        super().__init__(params, lr=lr)
        self.norm = norm

    def step(self, closure=None):
        weights = [each for group in self.param_groups for each in group["params"]]
        torch.nn.utils.clip_grad_norm_(weights, self.norm)
        return super().step(closure)`,
};

/** Weights that are the mean of those of late. */
export const averagedAdam: OwnOptimizer = {
  type: 'averagedAdam',
  typescript: `/** Adam that puts a moving average in the place of the weights every few steps. */
function averagedAdam({
  learningRate,
  decay,
  every,
}: {
  learningRate: number;
  decay: number;
  every: number;
}): tf.Optimizer {
  const averages = new Map<string, tf.Variable>();
  let taken = 0;
  class AveragedAdam extends tf.AdamOptimizer {
    static className = 'AveragedAdam';
    ${MINIMIZE}
      const cost = super.minimize(f, returnCost, variables);
      taken += 1;
      for (const weight of variables ?? []) {
        const average = averages.get(weight.name) ?? tf.variable(weight, false);
        averages.set(weight.name, average);
        average.assign(tf.add(tf.mul(average, decay), tf.mul(weight, 1 - decay)) as tf.Variable);
        if (taken % every === 0) weight.assign(tf.clone(average) as tf.Variable);
      }
      return cost;
    }
  }
  return new AveragedAdam(learningRate, 0.9, 0.999);
}`,
  keras: `def averaged_adam(learning_rate, decay, every):
    """Adam that puts a moving average of the weights in their place every \`every\` steps."""
    return optimizers.Adam(
        learning_rate=learning_rate,
        use_ema=True,
        ema_momentum=decay,
        ema_overwrite_frequency=every,
    )`,
  torch: `class AveragedAdam(torch.optim.Adam):
    """Adam that puts a moving average of the weights in their place every \`every\` steps."""

    def __init__(self, params, lr, decay, every):
        super().__init__(params, lr=lr)
        self.decay, self.every, self.taken, self.averages = decay, every, 0, {}

    def step(self, closure=None):
        loss = super().step(closure)
        self.taken += 1
        with torch.no_grad():
            for weight in [each for group in self.param_groups for each in group["params"]]:
                average = self.averages.setdefault(weight, weight.clone())
                average.mul_(self.decay).add_(weight, alpha=1 - self.decay)
                if self.taken % self.every == 0:
                    weight.copy_(average)
        return loss`,
};
