/**
 * Where the first rung stands: never below so many epochs, before which a rank says nothing of the
 * end, nor below this share of a whole run: on LCBench, whose runs take 52 epochs, what is missed
 * after 25 of them is a fifth less with rungs at 8 and 24 than at 4, 12 and 36.
 */
const FIRST = { epochs: 4, share: 0.15 } as const;
/** One in so many goes on. */
const FACTOR = 3;

/**
 * Asynchronous successive halving in the form that stops (Li et al. 2020, "A System for Massively
 * Parallel Hyperparameter Tuning"): a run that comes to a rung goes on where it is among the best
 * third of those that were there before it, and ends otherwise. So nothing is ever begun again, and
 * nobody waits for anybody.
 */
export class Halving {
  /** Epochs at which runs are looked at, all below those of a whole run. */
  readonly rungs: readonly number[];
  readonly #scores: ReadonlyMap<number, number[]>;

  constructor(epochs: number) {
    const first = Math.max(FIRST.epochs, Math.round(FIRST.share * epochs));
    const steps = Math.max(0, Math.ceil(Math.log(epochs / first) / Math.log(FACTOR) - 1e-9));
    this.rungs = Array.from({ length: steps }, (_, step) => first * FACTOR ** step);
    this.#scores = new Map(this.rungs.map((rung) => [rung, []]));
  }

  /**
   * What a run has come to after an epoch; whether it goes on. Below is better; what is as good as
   * others is behind them.
   */
  arrive(epoch: number, score: number): 'goes on' | 'ends' {
    const scores = this.#scores.get(epoch);
    if (!scores) return 'goes on';
    const before = scores.filter((other) => other <= score).length;
    scores.push(score);
    return scores.length < FACTOR || before < scores.length / FACTOR ? 'goes on' : 'ends';
  }
}
