/** Epochs of the first rung: before, a rank says nothing of the end. */
const FIRST = 4;
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
    const steps = Math.max(0, Math.ceil(Math.log(epochs / FIRST) / Math.log(FACTOR) - 1e-9));
    this.rungs = Array.from({ length: steps }, (_, step) => FIRST * FACTOR ** step);
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
