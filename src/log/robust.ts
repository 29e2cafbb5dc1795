import { median } from 'simple-statistics';

/** More points than this are thinned out evenly: the statistics below are quadratic. */
const MOST_POINTS = 200;

/**
 * |z| from which a trend counts: one false alarm in seventy on each side; five points that only
 * fall just reach it.
 */
const SIGNIFICANT = 2.2;

/** The middle of values; 0 for none. */
export const middle = (values: readonly number[]): number =>
  values.length === 0 ? 0 : median([...values]);

/**
 * ∞ where there are none; a loop, since a long log has more values than a call may have arguments.
 */
export const lowestOf = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Infinity);

/** −∞ where there are none. */
export const highestOf = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.max(a, b), -Infinity);

/**
 * The mean of the middle half of values: nearly as sure as their mean, and no single one moves it.
 */
export function midmean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4);
  const half = [...values].sort((a, b) => a - b).slice(cut, values.length - cut);
  return half.reduce((sum, value) => sum + value, 0) / half.length;
}

/**
 * The noise of a curve (standard deviation of one point around its course), from the median size of
 * its second differences.
 */
export function noiseOf(values: readonly number[]): number {
  return (1.4826 * middle(bendsOf(values))) / Math.sqrt(6);
}

/**
 * The same from the mean of the smaller three quarters of them: surer, where no more than a quarter
 * are the course's own bends.
 */
export function calmNoiseOf(values: readonly number[]): number {
  const bends = bendsOf(values).sort((a, b) => a - b);
  const calm = bends.slice(0, Math.ceil(0.75 * bends.length));
  // The mean size of the smaller three quarters of normal numbers of deviation 1 is 0.5148.
  return calm.length === 0
    ? 0
    : calm.reduce((sum, size) => sum + size, 0) / calm.length / 0.5148 / Math.sqrt(6);
}

/** Sizes of the second differences, from their middle. */
function bendsOf(values: readonly number[]): number[] {
  const bends: number[] = [];
  for (let i = 2; i < values.length; i += 1)
    bends.push((values[i] ?? 0) - 2 * (values[i - 1] ?? 0) + (values[i - 2] ?? 0));
  const center = middle(bends);
  return bends.map((bend) => Math.abs(bend - center));
}

/** Theil–Sen: the median of the slopes between all pairs of points, per step. Sen 1968. */
export function slopeOf(values: readonly number[]): number {
  const points = thin(values);
  return middle(
    points.flatMap(([x, y], i) =>
      points.slice(i + 1).map(([otherX, otherY]) => (otherY - y) / (otherX - x)),
    ),
  );
}

/**
 * The slope of the straight line through values by least squares, per step: quick, for few values.
 */
export function lineSlope(values: readonly number[]): number {
  const center = (values.length - 1) / 2;
  const products = values.reduce((sum, value, i) => sum + (i - center) * value, 0);
  return (12 * products) / (values.length * (values.length ** 2 - 1));
}

/**
 * Mann–Kendall: how sure it is that a curve rises (> 0) or falls (< 0), as a z score without
 * assumptions on the noise. Mann 1945.
 */
function trendScore(values: readonly number[]): number {
  const points = thin(values);
  const n = points.length;
  let balance = 0;
  points.forEach(([, y], i) => {
    for (const [, other] of points.slice(i + 1)) balance += Math.sign(other - y);
  });
  if (balance === 0) return 0;
  return (balance - Math.sign(balance)) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
}

/** A significant rise or fall (Mann–Kendall), whatever its size. */
export const isRising = (values: readonly number[]): boolean => trendScore(values) >= SIGNIFICANT;
export const isFalling = (values: readonly number[]): boolean => trendScore(values) <= -SIGNIFICANT;

/** A fall or rise that noise makes in fewer than one case of two hundred. */
export const isSurelyFalling = (values: readonly number[]): boolean => trendScore(values) <= -2.6;
export const isSurelyRising = (values: readonly number[]): boolean => trendScore(values) >= 2.6;

/**
 * Running median over three points, five in curves longer than thirty, a tenth of them in long
 * ones; the ends keep what window there is.
 */
export function smooth(values: readonly number[]): number[] {
  const reach = Math.min(10, Math.max(values.length > 30 ? 2 : 1, Math.floor(values.length / 20)));
  return values.map((_, i) => middle(values.slice(Math.max(0, i - reach), i + reach + 1)));
}

function thin(values: readonly number[]): [number, number][] {
  const stride = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  return values
    .map((y, x): [number, number] => [x, y])
    .filter(([x]) => (values.length - 1 - x) % stride === 0);
}
