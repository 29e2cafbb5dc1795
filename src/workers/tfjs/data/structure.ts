import { mean, median, medianAbsoluteDeviation, variance } from 'simple-statistics';
import type { TargetStructure } from '../../../record/dataProfile.ts';
import type { Part } from './types.ts';

const MOST_ROWS = 4096;
const MOST_INPUTS = 32;
const BINS = 48;
const ROWS_OF_BIN = 8;
/** Of a normal distribution, deviations are 1.4826 times the median absolute one. */
const OF_NORMAL = 1.4826;
const FAR = 5;

/** How the targets lie, on up to 4,096 rows from all over the part, and 32 inputs. */
export function structureOf(
  { rows, inputs, targets }: Pick<Part, 'rows' | 'inputs' | 'targets'>,
  width: number,
): TargetStructure {
  const step = Math.max(1, Math.ceil(rows / MOST_ROWS));
  const chosen = Array.from({ length: Math.ceil(rows / step) }, (_, index) => index * step);
  const values = chosen.map((row) => targets[row] ?? 0);
  const columns = Array.from({ length: Math.min(width, MOST_INPUTS) }, (_, column) =>
    chosen.map((row) => inputs[row * width + column] ?? 0),
  );
  return {
    outliers: outliersIn(values),
    turns: Math.max(0, ...columns.map((column) => turnsAlong(column, values))),
  };
}

function outliersIn(values: readonly number[]): number {
  const middle = median([...values]);
  const deviation = OF_NORMAL * medianAbsoluteDeviation([...values]);
  if (deviation === 0) return 0;
  const far = values.filter((value) => Math.abs(value - middle) > FAR * deviation);
  return far.length / values.length;
}

/** Turns of the target's mean over bins of like many rows, those within the noise left out. */
function turnsAlong(column: readonly number[], values: readonly number[]): number {
  const count = Math.min(BINS, Math.floor(values.length / ROWS_OF_BIN));
  if (count < 4 || new Set(column).size < count) return 0;
  const order = column.map((_, row) => row).toSorted((a, b) => (column[a] ?? 0) - (column[b] ?? 0));
  const size = Math.floor(values.length / count);
  const bins = Array.from({ length: count }, (_, bin) =>
    order.slice(bin * size, (bin + 1) * size).map((row) => values[row] ?? 0),
  );
  const error = Math.sqrt(mean(bins.map((bin) => variance(bin))) / size);
  return turnsOf(
    bins.map((bin) => mean(bin)),
    4 * error,
  );
}

/** Changes of direction by more than `least`. */
function turnsOf(curve: readonly number[], least: number): number {
  let [turns, way, end] = [0, 0, curve[0] ?? 0];
  for (const value of curve) {
    // The highest since it rises, the lowest since it falls.
    const ahead = (value - end) * way;
    if (ahead <= 0 && Math.abs(value - end) > least) {
      turns += Math.abs(way);
      way = Math.sign(value - end);
      end = value;
    }
    if (ahead > 0) end = value;
  }
  return turns;
}
