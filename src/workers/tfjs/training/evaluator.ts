import type { Task } from '../data/types.ts';

/** How a classifier's outputs are to be read. */
export type Reading = 'probabilities' | 'logits' | 'one-unit' | 'one-unit-logits';

/** Values by their key in the logs, without `val_`. */
export type Metrics = Readonly<Record<string, number>>;

/** Adds up predictions batch by batch; `result` gives the metrics of all rows so far. */
export interface Evaluator {
  add(predictions: ArrayLike<number>, targets: ArrayLike<number>): void;
  result(): Metrics;
}

/** Smallest probability a prediction is given, as in Keras. */
export const EPSILON = 1e-7;

const KEYS: Readonly<Record<Task, readonly string[]>> = {
  classification: ['loss', 'accuracy'],
  'multi-label': ['loss', 'accuracy'],
  regression: ['loss', 'mae', 'r2'],
};

/** The keys every trial of a task logs, training first. */
export const metricKeys = (task: Task): readonly string[] => [
  ...KEYS[task],
  ...KEYS[task].map((key) => `val_${key}`),
];

/**
 * The study's own measure, the same for every variant whatever loss it trains with. Classification:
 * `loss` is the cross-entropy (nats) of class numbers, `accuracy` a share. Several labels: the mean
 * over them of the binary ones. Regression: `loss` is the mean squared error, `mae`, `r2` over all
 * units.
 */
export function createEvaluator(task: Task, units: number, reading: Reading): Evaluator {
  if (task === 'regression') return regressionEvaluator(units);
  if (task === 'multi-label') return labelsEvaluator(reading);
  const isOne = reading === 'one-unit' || reading === 'one-unit-logits';
  return isOne ? labelsEvaluator(reading) : classificationEvaluator(units, reading);
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

/** Each output by itself: the probability (or its logit) of a label, or of the second class. */
function labelsEvaluator(reading: Reading): Evaluator {
  const isLogit = reading === 'logits' || reading === 'one-unit-logits';
  const sums = { count: 0, loss: 0, right: 0 };
  return {
    add(predictions, targets) {
      for (let index = 0; index < targets.length; index += 1) {
        const value = predictions[index] ?? NaN;
        const probability = isLogit ? 1 / (1 + Math.exp(-value)) : value;
        const holds = (targets[index] ?? 0) > 0.5;
        sums.count += 1;
        sums.loss += surpriseOf(holds ? probability : 1 - probability);
        sums.right += Number(probability > 0.5 === holds && !Number.isNaN(probability));
      }
    },
    result: () => ({ loss: sums.loss / sums.count, accuracy: sums.right / sums.count }),
  };
}

const surpriseOf = (probability: number): number =>
  Number.isNaN(probability)
    ? NaN
    : -Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));

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
  return surpriseOf(Math.max(0, at(outputs, label)) / sum);
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
