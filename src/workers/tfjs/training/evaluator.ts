import type { Task } from '../data/types.ts';

/** How a classifier's outputs are to be read. */
export type Reading = 'probabilities' | 'logits' | 'one-unit';

/** Values by their key in the logs, without `val_`. */
export type Metrics = Readonly<Record<string, number>>;

/** Adds up predictions batch by batch; `result` gives the metrics of all rows so far. */
export interface Evaluator {
  add(predictions: ArrayLike<number>, targets: ArrayLike<number>): void;
  result(): Metrics;
}

/** Smallest probability a prediction is given, as in Keras. */
export const EPSILON = 1e-7;

/** The keys every trial of a task logs, training first. */
export function metricKeys(task: Task): readonly string[] {
  const keys = task === 'classification' ? ['loss', 'accuracy'] : ['loss', 'mae', 'r2'];
  return [...keys, ...keys.map((key) => `val_${key}`)];
}

/**
 * The study's own measure, the same for every variant whatever loss it trains with. Classification:
 * `loss` is the cross-entropy (nats) of class numbers, `accuracy` a share. Regression: `loss` is
 * the mean squared error, `mae`, `r2` over all units.
 */
export function createEvaluator(task: Task, units: number, reading: Reading): Evaluator {
  if (task === 'regression') return regressionEvaluator(units);
  return reading === 'one-unit' ? oneUnitEvaluator() : classificationEvaluator(units, reading);
}

/**
 * Outputs of an untrained or trained classifier are probabilities (perhaps unnormalised, as a
 * sigmoid's) unless one is negative or a row is empty.
 */
export function readingOf(predictions: ArrayLike<number>, units: number): Reading {
  let sum = 0;
  for (let index = 0; index < predictions.length; index += 1) {
    const value = predictions[index] ?? 0;
    if (value < 0) return 'logits';
    sum += value;
    if ((index + 1) % units !== 0) continue;
    if (sum === 0) return 'logits';
    sum = 0;
  }
  return 'probabilities';
}

// Below, plain loops: whoever iterates or destructures calls functions of the language that a
// variant may have replaced, with the targets in hand.

/** One output a row, the probability of the second of two classes. */
function oneUnitEvaluator(): Evaluator {
  const both = classificationEvaluator(2, 'probabilities');
  return {
    result: both.result,
    add(predictions, targets) {
      const pairs = new Float64Array(predictions.length * 2);
      for (let row = 0; row < predictions.length; row += 1) {
        pairs[row * 2] = 1 - (predictions[row] ?? NaN);
        pairs[row * 2 + 1] = predictions[row] ?? NaN;
      }
      both.add(pairs, targets);
    },
  };
}

/** One row of predictions. */
interface Outputs {
  readonly values: ArrayLike<number>;
  readonly from: number;
  readonly units: number;
}

function classificationEvaluator(units: number, reading: Reading): Evaluator {
  const surprise = reading === 'logits' ? surpriseOfLogits : surpriseOfProbabilities;
  const sums = { rows: 0, loss: 0, right: 0 };
  return {
    add(predictions, targets) {
      for (let row = 0; row < targets.length; row += 1) {
        const outputs = { values: predictions, from: row * units, units };
        const label = targets[row] ?? 0;
        sums.rows += 1;
        sums.loss += surprise(outputs, label);
        sums.right += largestOf(outputs) === label ? 1 : 0;
      }
    },
    result: () => ({ loss: sums.loss / sums.rows, accuracy: sums.right / sums.rows }),
  };
}

const at = ({ values, from }: Outputs, unit: number): number => values[from + unit] ?? NaN;

/** The unit with the largest output; −1 where one is not a number. */
function largestOf(outputs: Outputs): number {
  let best = 0;
  for (let unit = 0; unit < outputs.units; unit += 1) {
    if (Number.isNaN(at(outputs, unit))) return -1;
    if (at(outputs, unit) > at(outputs, best)) best = unit;
  }
  return best;
}

/** What is below zero counts as zero: no choice of outputs makes more than one class certain. */
function surpriseOfProbabilities(outputs: Outputs, label: number): number {
  let sum = 0;
  for (let unit = 0; unit < outputs.units; unit += 1) sum += Math.max(0, at(outputs, unit));
  const probability = Math.max(0, at(outputs, label)) / sum;
  return Number.isNaN(probability)
    ? NaN
    : -Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
}

function surpriseOfLogits(outputs: Outputs, label: number): number {
  const largest = at(outputs, largestOf(outputs));
  let sum = 0;
  for (let unit = 0; unit < outputs.units; unit += 1) sum += Math.exp(at(outputs, unit) - largest);
  return Math.log(sum) + largest - at(outputs, label);
}

function regressionEvaluator(units: number): Evaluator {
  const sums = { values: 0, squared: 0, absolute: 0 };
  const mean = new Float64Array(units);
  const spread = new Float64Array(units);
  return {
    add(predictions, targets) {
      for (let index = 0; index < targets.length; index += 1) {
        const target = targets[index] ?? 0;
        const error = (predictions[index] ?? NaN) - target;
        sums.squared += error * error;
        sums.absolute += Math.abs(error);
        updateSpread({ mean, spread }, index % units, {
          value: target,
          count: Math.floor(sums.values / units) + 1,
        });
        sums.values += 1;
      }
    },
    result: () => ({
      loss: sums.squared / sums.values,
      mae: sums.absolute / sums.values,
      r2: determination(sums.squared, spread),
    }),
  };
}

/** Welford's update of a unit's mean and sum of squared deviations. */
function updateSpread(
  { mean, spread }: { mean: Float64Array; spread: Float64Array },
  unit: number,
  { value, count }: { readonly value: number; readonly count: number },
): void {
  const before = mean[unit] ?? 0;
  const after = before + (value - before) / count;
  mean[unit] = after;
  spread[unit] = (spread[unit] ?? 0) + (value - before) * (value - after);
}

/** R²; constant targets leave nothing to explain: 1 when hit exactly, else 0. */
function determination(squared: number, spread: Float64Array): number {
  let total = 0;
  for (let unit = 0; unit < spread.length; unit += 1) total += spread[unit] ?? 0;
  if (total === 0) return squared === 0 ? 1 : 0;
  return 1 - squared / total;
}
