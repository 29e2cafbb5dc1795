import type { Reading } from '../evaluator.ts';
import type { ReadOutput } from '../readOutput.ts';
import type { Rows, Seen } from './seen.ts';

/** All that is predicted for one output, as probabilities or numbers. */
export interface Collector {
  add(predictions: ArrayLike<number>, targets: ArrayLike<number>): void;
  seen(): Seen;
  predictionRows(): Rows;
  targetRows(): Rows;
}

/** Gathers what a part is predicted as, however the model's outputs are to be read. */
export function collector({ output, reading }: ReadOutput): Collector {
  const predictions: number[] = [];
  const targets: number[] = [];
  const { units, task, width, shape } = output;
  const perRow = shape.reduce((product, axis) => product * axis, 1);
  const read = readerOf(task === 'regression' ? 'probabilities' : reading, task, units);
  return {
    add(values, truth) {
      read(values, predictions);
      for (let index = 0; index < truth.length; index += 1) targets.push(truth[index] ?? NaN);
    },
    seen: () => ({
      predictions: Float64Array.from(predictions),
      targets: Float64Array.from(targets),
      units,
    }),
    predictionRows: () => inRows(predictions, perRow),
    targetRows: () => inRows(targets, width),
  };
}

type Reader = (values: ArrayLike<number>, into: number[]) => void;

function readerOf(reading: Reading, task: string, units: number): Reader {
  if (reading === 'one-unit') return (values, into) => eachValue(values, into, asPair);
  if (reading === 'one-unit-logits')
    return (values, into) => eachValue(values, into, (value) => asPair(sigmoid(value)));
  if (task === 'multi-label' && reading === 'logits')
    return (values, into) => eachValue(values, into, (value) => [sigmoid(value)]);
  if (task === 'classification')
    return (values, into) => eachList(values, units, (list) => into.push(...shares(list, reading)));
  return (values, into) => eachValue(values, into, (value) => [value]);
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

const asPair = (second: number): readonly number[] => [1 - second, second];

function eachValue(
  values: ArrayLike<number>,
  into: number[],
  of: (value: number) => readonly number[],
): void {
  for (let index = 0; index < values.length; index += 1) into.push(...of(values[index] ?? NaN));
}

function eachList(
  values: ArrayLike<number>,
  units: number,
  use: (list: readonly number[]) => void,
): void {
  for (let from = 0; from < values.length; from += units)
    use(Array.from({ length: units }, (_, unit) => values[from + unit] ?? NaN));
}

/** Softmax of logits, or shares of what is not normalised. */
function shares(list: readonly number[], reading: Reading): readonly number[] {
  const largest = Math.max(...list);
  const positive =
    reading === 'logits'
      ? list.map((value) => Math.exp(value - largest))
      : list.map((value) => Math.max(0, value));
  const sum = positive.reduce((total, value) => total + value, 0);
  return positive.map((value) => value / sum);
}

const inRows = (values: readonly number[], width: number): Rows =>
  Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
