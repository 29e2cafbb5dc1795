import { keptOf, shareAt } from '../../../model/sparsity.ts';
import type { Hold } from '../../../record/training.ts';
import type { LayersModel, Tensor, Tf } from '../tf.ts';

/** Holds the weights of a model to something while it trains. */
export interface Held {
  /** Epochs from 0. */
  epochBegins(epoch: number): Promise<void>;
  /** After the optimiser has changed the weights. */
  stepEnded(): void;
}

type Variable = LayersModel['trainableWeights'][number];

/** What holds a model's weights; `epochs`: how many it trains. */
export function heldTo(
  hold: Hold,
  { tf, model, epochs }: { readonly tf: Tf; readonly model: LayersModel; readonly epochs: number },
): Held {
  return hold.kind === 'zeros'
    ? new Zeros(tf, kernelsOf(model), { share: hold.share, epochs })
    : new Bytes(tf, model.trainableWeights);
}

const kernelsOf = ({ trainableWeights }: LayersModel): readonly Variable[] =>
  trainableWeights.filter(({ shape, dtype }) => shape.length > 1 && dtype === 'float32');

interface Wanted {
  readonly share: number;
  readonly epochs: number;
}

/** A share of each kernel is zero, chosen anew at every epoch. */
class Zeros implements Held {
  readonly #tf: Tf;
  readonly #kernels: readonly Variable[];
  readonly #wanted: Wanted;
  #kept: readonly Tensor[] = [];

  constructor(tf: Tf, kernels: readonly Variable[], wanted: Wanted) {
    this.#tf = tf;
    this.#kernels = kernels;
    this.#wanted = wanted;
  }

  async epochBegins(epoch: number): Promise<void> {
    const { share, epochs } = this.#wanted;
    const now = shareAt(epoch, epochs, share);
    const values = await Promise.all(this.#kernels.map((kernel) => kernel.read().data()));
    this.#tf.dispose([...this.#kept]);
    this.#kept = this.#kernels.map(({ shape }, index) =>
      this.#tf.tensor(keptOf(Float32Array.from(values[index] ?? []), now), [...shape] as number[]),
    );
    this.stepEnded();
  }

  stepEnded(): void {
    for (const [index, kernel] of this.#kernels.entries()) {
      const kept = this.#kept[index];
      if (kept) this.#tf.tidy(() => void kernel.write(this.#tf.mul(kernel.read(), kept)));
    }
  }
}

/**
 * The model computes with what 8 bits can say; each step's change is added to finer weights behind
 * them (Courbariaux et al. 2015, "BinaryConnect"; Jacob et al. 2018, "Quantization and training of
 * neural networks for efficient integer-arithmetic-only inference").
 */
class Bytes implements Held {
  readonly #tf: Tf;
  readonly #weights: readonly Variable[];
  #finer: readonly Tensor[] = [];

  constructor(tf: Tf, weights: readonly Variable[]) {
    this.#tf = tf;
    this.#weights = weights;
  }

  epochBegins(epoch: number): Promise<void> {
    if (epoch === 0) this.#hold(() => this.#weights.map((weight) => weight.read().clone()));
    return Promise.resolve();
  }

  stepEnded(): void {
    this.#hold(() =>
      this.#weights.map((weight, index) => {
        const before = this.#finer[index] ?? weight.read();
        return this.#tf.add(before, this.#tf.sub(weight.read(), asBytes(this.#tf, before)));
      }),
    );
  }

  #hold(finer: () => readonly Tensor[]): void {
    const next = this.#tf.tidy(() => [...finer()]);
    this.#tf.dispose([...this.#finer]);
    this.#finer = next;
    for (const [index, weight] of this.#weights.entries()) {
      const own = next[index];
      if (own) this.#tf.tidy(() => void weight.write(asBytes(this.#tf, own)));
    }
  }
}

/** As `quantizeAffine` does it: one scale a tensor, 0 exactly 0. */
function asBytes(tf: Tf, values: Tensor): Tensor {
  const [low, high] = [tf.min(values), tf.max(values)];
  const range = tf.sub(high, low);
  const scale = tf.div(tf.add(range, tf.cast(tf.equal(range, 0), 'float32')), STEPS);
  const zero = tf.neg(tf.mul(tf.round(tf.div(tf.neg(low), scale)), scale));
  const crosses = tf.logicalAnd(tf.lessEqual(low, 0), tf.greaterEqual(high, 0));
  const least = tf.where(crosses, zero, low);
  const steps = tf.clipByValue(tf.round(tf.div(tf.sub(values, least), scale)), 0, STEPS);
  return tf.add(tf.mul(steps, scale), least);
}

const STEPS = 255;
