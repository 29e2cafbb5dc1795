import { CURVE_FAMILIES } from './curveFamilies.ts';
import type { CurveFamily } from './curveFamilies.ts';

/** A place in the run (the epoch as a share of its length) and the value there. */
export type CurvePoint = readonly [u: number, value: number];

/** One curve laid through points by least squares. */
export interface CurveFit {
  /** Sum of the squares of what is left. */
  readonly error: number;
  /** Its value at twice the run's length, and that value's variance in variances of one point. */
  readonly expected: number;
  readonly leverage: number;
  at(u: number): number;
}

/**
 * Places a side on the first grid over a family's shapes, and on the finer ones around the best of
 * the grid before.
 */
const GRIDS = [10, 8, 7] as const;

/**
 * Falling curves of every family through the points: a coarse grid of shapes, finer near the best.
 */
export function fitCurves(points: readonly CurvePoint[]): CurveFit[] {
  return CURVE_FAMILIES.flatMap((family) => searchFamily(points, family));
}

/** The straight line through points, as a curve that goes on as it went. */
export const fitLine = (points: readonly CurvePoint[]): CurveFit | null => fit(points, (u) => -u);

function searchFamily(points: readonly CurvePoint[], family: CurveFamily): CurveFit[] {
  const all: CurveFit[] = [];
  let [centre, reach] = [{ x: 0.5, y: 0.5 }, 0.5];
  for (const side of GRIDS) {
    const fits = placesAround(centre, reach, side).flatMap((place) => {
      const found = fit(points, family(place.x, place.y));
      return found ? [{ place, found }] : [];
    });
    const [first, ...others] = fits;
    if (!first) break;
    all.push(...fits.map(({ found }) => found));
    centre = others.reduce((a, b) => (b.found.error < a.found.error ? b : a), first).place;
    reach *= 4 / (side - 1);
  }
  return all;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placesAround({ x, y }: Place, reach: number, side: number): Place[] {
  const steps = Array.from({ length: side }, (_, i) => reach * ((2 * i) / (side - 1) - 1));
  const isPlace = (place: number): boolean => place >= 0 && place <= 1;
  const rows = steps.map((step) => y + step).filter(isPlace);
  return steps
    .map((step) => x + step)
    .filter(isPlace)
    .flatMap((column) => rows.map((row) => ({ x: column, y: row })));
}

/** `null` where the basis does not vary over the points, or the curve would rise. */
function fit(points: readonly CurvePoint[], basis: (u: number) => number): CurveFit | null {
  const xs = points.map(([u]) => basis(u));
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const meanY = points.reduce((sum, [, value]) => sum + value, 0) / xs.length;
  let spread = 0;
  let together = 0;
  let total = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const x = (xs[i] ?? 0) - meanX;
    const y = (points[i]?.[1] ?? 0) - meanY;
    spread += x * x;
    together += x * y;
    total += y * y;
  }
  const scale = together / spread;
  if (!(spread > 1e-18) || scale < 0) return null;
  const far = basis(2) - meanX;
  return {
    error: Math.max(0, total - scale * together),
    expected: meanY + scale * far,
    leverage: 1 / xs.length + far ** 2 / spread,
    at: (u) => meanY + scale * (basis(u) - meanX),
  };
}
