import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { fitCurves, fitLine } from './fitCurves.ts';
import type { CurveFit, CurvePoint } from './fitCurves.ts';
import { highestOf, lowestOf } from './robust.ts';

/** Fewer points tell nothing about curves of four parameters. */
const LEAST_POINTS = 8;
/**
 * Longer curves are averaged over stretches of epochs: thousands of fits would hold up whoever
 * waits.
 */
const MOST_POINTS = 30;
/** Shares of the run, from its end, that are fitted: the beginning often goes a way of its own. */
const WINDOWS = [0.9, 0.6] as const;
/** Curves of a smaller misfit than this share of the run's range fit, whatever its noise. */
const CLOSE = 0.005;
/**
 * χ² of two degrees of freedom (the numbers of a shape), exceeded in one case of twenty; and the
 * square of the normal quantile.
 */
const [BOTH_SHAPES, NORMAL_SQUARED] = [5.99, 3.84] as const;
/**
 * What a curve of no known family may do beside the curve that fits, as a share of the way still to
 * go.
 */
const UNKNOWN = 0.15;
/** An interval wider than this share of the run's whole range says nothing. */
const WIDEST = 0.5;
/** |t| of the bend of the last half from which it is no straight line. */
const BENT = 2.5;

/**
 * What a loss curve is expected to reach, with the interval it will lie in nineteen times of twenty
 * if it goes on as it went.
 */
export interface Forecast {
  readonly epoch: number;
  readonly expected: number;
  readonly interval: readonly [number, number];
}

/**
 * The loss at twice the epochs: curves of several families (curveFamilies.ts) are fitted to the run
 * without its beginning, and the interval covers each of them that its noise does not rule out, the
 * straight line where the last half shows no bend, and the noise of an epoch.
 * `null`, cannot tell, where there are too few points, nothing fits, or what fits disagrees by half
 * of the run's range or more.
 */
export function forecast(values: readonly number[]): Forecast | null {
  if (values.length < LEAST_POINTS) return null;
  for (const share of WINDOWS) {
    const stretch = Math.ceil(Math.floor(values.length * share) / MOST_POINTS);
    const points = pointsOf(values, share, stretch);
    if (points.length < LEAST_POINTS) return null;
    const fits = fitCurves(points);
    const best = fits.reduce<CurveFit | null>(
      (a, b) => (a === null || b.error < a.error ? b : a),
      null,
    );
    if (best && isAdequate(best, points, CLOSE * rangeOf(values)))
      return agreed({ values, points, fits, best, stretch });
  }
  return null;
}

interface Fitted {
  readonly values: readonly number[];
  readonly points: readonly CurvePoint[];
  readonly fits: readonly CurveFit[];
  readonly best: CurveFit;
  /** Epochs a point is the mean of. */
  readonly stretch: number;
}

function agreed({ values, points, fits, best, stretch }: Fitted): Forecast | null {
  const freedom = points.length - 4;
  const t = tQuantile(0.975, freedom);
  const variance = best.error / freedom;
  const most =
    best.error * (1 + ((BOTH_SHAPES / NORMAL_SQUARED) * t * t) / freedom) + Number.MIN_VALUE;
  const possible = [...fits.filter(({ error }) => error <= most), ...straight(points)];
  const foreign = UNKNOWN * Math.abs(best.expected - meanOf(values.slice(-5)));
  const reach = possible.map(({ leverage, expected }) => ({
    expected,
    by: t * Math.sqrt(variance * (stretch + leverage)) + foreign,
  }));
  const low = Math.min(...reach.map(({ expected, by }) => expected - by));
  const high = Math.max(...reach.map(({ expected, by }) => expected + by));
  const least = lowestOf(values) >= 0 ? 0 : -Infinity;
  const tells = high - low <= Math.max(WIDEST * rangeOf(values), 6 * Math.sqrt(variance * stretch));
  return tells && best.expected >= least
    ? { epoch: 2 * values.length, expected: best.expected, interval: [Math.max(least, low), high] }
    : null;
}

/** Means over stretches of epochs, counted from the end, each at the middle of its stretch. */
function pointsOf(values: readonly number[], share: number, stretch: number): CurvePoint[] {
  const count = Math.floor((values.length * share) / stretch);
  const first = values.length - count * stretch;
  return Array.from({ length: count }, (_, i): CurvePoint => {
    const from = first + i * stretch;
    return [(from + (stretch + 1) / 2) / values.length, meanOf(values.slice(from, from + stretch))];
  });
}

/** What a curve leaves is noise: neighbours do not go together, or it is too small to matter. */
function isAdequate(fit: CurveFit, points: readonly CurvePoint[], close: number): boolean {
  const left = points.map(([u, value]) => value - fit.at(u));
  const total = left.reduce((sum, e) => sum + e * e, 0);
  const together = left.slice(1).reduce((sum, e, i) => sum + e * (left[i] ?? 0), 0);
  return total <= left.length * close ** 2 || together / total < 1.645 / Math.sqrt(left.length);
}

/** The line through the last half, where that half shows no bend. */
function straight(points: readonly CurvePoint[]): CurveFit[] {
  const half = points.filter(([u]) => u > 0.5);
  const line = half.length < 5 ? null : fitLine(half);
  return line && bendOf(half.map(([, value]) => value)) < BENT ? [line] : [];
}

/**
 * t of the quadratic term of a parabola through evenly spaced values: > 0 where a fall gets slower.
 */
function bendOf(values: readonly number[]): number {
  const offsets = values.map((_, i) => i - (values.length - 1) / 2);
  const square = meanOf(offsets.map((x) => x * x));
  const bases = [values.map(() => 1), offsets, offsets.map((x) => x * x - square)];
  const sizes = bases.map((basis) => basis.reduce((sum, x) => sum + x * x, 0));
  const weights = bases.map(
    (basis, k) => basis.reduce((sum, x, i) => sum + x * (values[i] ?? 0), 0) / (sizes[k] ?? 1),
  );
  const left = values.map(
    (value, i) =>
      value - weights.reduce((sum, weight, k) => sum + weight * (bases[k]?.[i] ?? 0), 0),
  );
  const variance = left.reduce((sum, e) => sum + e * e, 0) / (values.length - 3);
  return (weights[2] ?? 0) / Math.sqrt(variance / (sizes[2] ?? 1) + Number.MIN_VALUE);
}

const rangeOf = (values: readonly number[]): number => highestOf(values) - lowestOf(values);
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
