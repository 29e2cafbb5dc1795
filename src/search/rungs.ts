/**
 * A step of successive halving: for how many epochs each candidate is trained, and how many of them
 * go on.
 */
export interface Rung {
  readonly epochs: number;
  readonly keep: number;
}

/** What the short runs of a round cost, in trials of the study's epochs. */
export function trialsOfRungs(candidates: number, epochs: number): number {
  const rungs = rungsOf(candidates, epochs);
  return rungs.reduce(
    (sum, rung, index) => sum + ((rungs[index - 1]?.keep ?? candidates) * rung.epochs) / epochs,
    0,
  );
}

/** One in so many goes on, to so many times the epochs. */
const FACTOR = 3;

/**
 * Successive halving (Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and
 * hyperparameter optimization"), with the factor three of Hyperband (Li et al. 2018): short runs of
 * many, longer ones of the best, until one is left. The last rung is a third of the study's epochs.
 */
export function rungsOf(candidates: number, epochs: number): readonly Rung[] {
  const count = Math.ceil(Math.log(candidates) / Math.log(FACTOR) - 1e-9);
  return Array.from({ length: count }, (_, index) => ({
    epochs: Math.min(epochs, Math.max(2, Math.ceil(epochs / FACTOR ** (count - index)))),
    keep: index === count - 1 ? 1 : Math.ceil(candidates / FACTOR ** (index + 1)),
  }));
}
