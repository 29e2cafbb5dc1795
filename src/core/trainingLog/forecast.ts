import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Fewer points tell nothing about a power law of three parameters. */
const LEAST_POINTS = 8;
/** Longer curves are thinned out evenly: sixty fits over each would hold up whoever waits. */
const MOST_POINTS = 400;
/** Exponents that are tried: slower falls than the first, and faster ones than the last, look alike at these lengths. */
const EXPONENTS = Array.from({ length: 60 }, (_, i) => 0.05 * 1.08 ** i);

/** What a loss curve is expected to reach, with the interval it will lie in nineteen times of twenty if it goes on as it went. */
export interface Forecast {
  readonly epoch: number;
  readonly expected: number;
  readonly interval: readonly [number, number];
}

/**
 * The loss at twice the epochs by a power law `c + a·t^-b` (Hestness 2017): least squares over the second nine tenths of the curve,
 * the interval over every exponent the data do not rule out. `null` where there are too few points or the curve does not fall.
 */
export function forecast(values: readonly number[]): Forecast | null {
  if (values.length < LEAST_POINTS) return null;
  const skipped = Math.floor(values.length / 10);
  const epoch = 2 * values.length;
  const points = thin(values, skipped);
  const fits = EXPONENTS.map((exponent) => fit(points, { exponent, epoch }));
  const best = fits.reduce((a, b) => (b.error < a.error ? b : a));
  if (!(best.scale > 0) || !Number.isFinite(best.expected)) return null;
  const freedom = points.length - 3;
  const t = tQuantile(0.975, freedom);
  const variance = best.error / freedom;
  const possible = fits.filter(({ error }) => error <= best.error * (1 + (t * t) / freedom) + Number.MIN_VALUE);
  const reach = possible.map(({ expected, leverage }) => ({ expected, by: t * Math.sqrt(variance * (1 + leverage)) }));
  return {
    epoch,
    expected: best.expected,
    interval: [Math.min(...reach.map(({ expected, by }) => expected - by)), Math.max(...reach.map(({ expected, by }) => expected + by))],
  };
}

interface Fit {
  readonly error: number;
  readonly scale: number;
  readonly expected: number;
  readonly leverage: number;
}

/** A value and its place in the run, from 1. */
type Point = readonly [place: number, value: number];

function thin(values: readonly number[], skipped: number): readonly Point[] {
  const stride = Math.ceil((values.length - skipped) / MOST_POINTS);
  return values.flatMap((value, i): Point[] => (i >= skipped && (values.length - 1 - i) % stride === 0 ? [[i + 1, value]] : []));
}

/** A straight line over `t^-b`. */
function fit(points: readonly Point[], { exponent, epoch }: { readonly exponent: number; readonly epoch: number }): Fit {
  const xs = points.map(([place]) => place ** -exponent);
  const values = points.map(([, value]) => value);
  const [meanX, meanY] = [meanOf(xs), meanOf(values)];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const scale = xs.reduce((sum, x, i) => sum + (x - meanX) * ((values[i] ?? 0) - meanY), 0) / spread;
  const at = (x: number): number => meanY + scale * (x - meanX);
  const error = xs.reduce((sum, x, i) => sum + ((values[i] ?? 0) - at(x)) ** 2, 0);
  const far = epoch ** -exponent;
  return { error, scale, expected: at(far), leverage: 1 / xs.length + (far - meanX) ** 2 / spread };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
