import { numberIn } from './cells.ts';
import type { TableSample } from './sample.ts';
import type { Column } from './survey.ts';

/** A correlation from which on a column is the target in other words. */
const THE_SAME = 0.9999;
const FEWEST_ROWS = 10;

/** Rows that stand in the sample more than once, beyond the first of their kind. */
export const repeatedRows = ({ rows }: TableSample): number =>
  rows.length - new Set(rows.map((row) => row.join('\u0000'))).size;

/**
 * Why a column gives the target away (it is the same, or names the same classes); `null` where it
 * does not.
 */
export function givesAway(sample: TableSample, column: Column, target: Column): string | null {
  if (sample.rows.length < FEWEST_ROWS) return null;
  const own = cellsOf(sample, column);
  const wanted = cellsOf(sample, target);
  if (own.every((cell, row) => cell === wanted[row])) return `it is the same as "${target.name}"`;
  if (column.use === 'number' && target.use === 'number' && target.distinct > 2)
    return Math.abs(correlation(own, wanted)) > THE_SAME
      ? `it is "${target.name}" in another unit`
      : null;
  return isSameNames(own, wanted) ? `it names "${target.name}" in other words` : null;
}

const cellsOf = (sample: TableSample, { name }: Column): readonly string[] => {
  const place = sample.columns.indexOf(name);
  return sample.rows.map((row) => (row[place] ?? '').trim());
};

/** Each value of one goes with one value of the other, both ways, and all of them repeat. */
function isSameNames(own: readonly string[], wanted: readonly string[]): boolean {
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  const agrees = own.every((cell, row) => {
    const other = wanted[row] ?? '';
    if (!there.has(cell)) there.set(cell, other);
    if (!back.has(other)) back.set(other, cell);
    return there.get(cell) === other && back.get(other) === cell;
  });
  return agrees && there.size > 1 && there.size * 3 <= own.length;
}

function correlation(own: readonly string[], wanted: readonly string[]): number {
  const pairs = own.flatMap((cell, row) => {
    const [x, y] = [numberIn(cell), numberIn(wanted[row] ?? '')];
    return x === null || y === null ? [] : [{ x, y }];
  });
  if (pairs.length < FEWEST_ROWS) return 0;
  const mean = (pick: (pair: { x: number; y: number }) => number): number =>
    pairs.reduce((sum, pair) => sum + pick(pair), 0) / pairs.length;
  const [x, y] = [mean((pair) => pair.x), mean((pair) => pair.y)];
  const covariance = mean((pair) => (pair.x - x) * (pair.y - y));
  const variances = mean((pair) => (pair.x - x) ** 2) * mean((pair) => (pair.y - y) ** 2);
  return variances === 0 ? 0 : covariance / Math.sqrt(variances);
}
