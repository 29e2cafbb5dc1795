import { lowestOf } from './robust.ts';
import type { Curve } from './runView.ts';

/** Where a curve that has come down begins to rise. */
export interface Turn {
  /** Index of the last point before it rises. */
  readonly at: number;
  /** Where it stood, and how far it has risen since. */
  readonly level: number;
  readonly rise: number;
}

/** Fewest points a rise is read from. */
const LEAST = 4;
/**
 * Standard errors from which a rise counts; chance, which may choose where it begins, makes such a
 * one in about one standing curve of forty.
 */
const SURE = 3.4;

/**
 * The turn of a curve: a course that falls or stands, however (antitonic regression, Ayer et al.
 * 1955), then a straight rise from where that ends, by least squares over every epoch it may begin
 * at. `null` where nothing rises for sure. Only what lies within two standard deviations of the
 * lowest, and what follows, is fitted.
 */
export function turnOf({
  values,
  smoothed,
  noise,
}: Pick<Curve, 'values' | 'smoothed' | 'noise'>): Turn | null {
  const lowest = lowestOf(smoothed);
  const from = Math.max(
    0,
    smoothed.findIndex((value) => value <= lowest + 2 * noise),
  );
  const points = values.slice(from);
  const falls = fallingFits(points);
  const best = bestRise(points, falls);
  if (!best) return null;
  const error = Math.max(noise, Math.sqrt(best.misfit / Math.max(1, points.length - 3)));
  const explained = Math.max(0, (falls.at(-1)?.misfit ?? 0) - best.misfit);
  return Math.sqrt(explained) > SURE * error
    ? { at: lowestBefore(from + best.at, { values, noise }), level: best.level, rise: best.rise }
    : null;
}

/**
 * A rise that grows steeper begins before the straight one: as long as the curve is lower by more
 * than noise.
 */
function lowestBefore(at: number, { values, noise }: Pick<Curve, 'values' | 'noise'>): number {
  let begin = at;
  while (begin > 0 && (values[begin - 1] ?? Infinity) < (values[begin] ?? 0) - noise) begin -= 1;
  return begin;
}

/**
 * How well the points up to one are fitted by a course that never rises (sum of squares), and where
 * that ends.
 */
interface Fall {
  readonly misfit: number;
  readonly level: number;
}

/** For each point the best falling course up to it, by pooling neighbours that would rise. */
function fallingFits(points: readonly number[]): Fall[] {
  const pools: { level: number; count: number; misfit: number }[] = [];
  let misfit = 0;
  return points.map((value) => {
    let pool = { level: value, count: 1, misfit: 0 };
    for (let last = pools.at(-1); last && last.level <= pool.level; last = pools.at(-1)) {
      pools.pop();
      misfit -= last.misfit;
      pool = pooled(last, pool);
    }
    pools.push(pool);
    misfit += pool.misfit;
    return { misfit, level: pool.level };
  });
}

type Pool = { readonly level: number; readonly count: number; readonly misfit: number };

function pooled(a: Pool, b: Pool): Pool {
  const count = a.count + b.count;
  return {
    count,
    level: (a.level * a.count + b.level * b.count) / count,
    misfit: a.misfit + b.misfit + ((a.level - b.level) ** 2 * a.count * b.count) / count,
  };
}

interface Rise extends Turn {
  readonly misfit: number;
}

/**
 * The least misfit of a falling course with a straight rise after it, over every place where they
 * may meet.
 */
function bestRise(points: readonly number[], falls: readonly Fall[]): Rise | null {
  const center = falls.at(-1)?.level ?? 0;
  let best: Rise | null = null;
  let [sum, squares, products] = [0, 0, 0];
  for (let at = points.length - 1; at >= 0; at -= 1) {
    const length = points.length - 1 - at;
    const { misfit, level } = falls[at] ?? { misfit: 0, level: 0 };
    if (length >= LEAST - 1) {
      const off = level - center;
      const distances = (length * (length + 1) * (2 * length + 1)) / 6;
      const slope = (products - (off * length * (length + 1)) / 2) / distances;
      const rest = squares - 2 * off * sum + length * off ** 2 - slope ** 2 * distances;
      if (slope > 0 && misfit + rest < (best?.misfit ?? Infinity))
        best = { at, level, rise: slope * length, misfit: Math.max(0, misfit + rest) };
    }
    const value = (points[at] ?? 0) - center;
    sum += value;
    squares += value ** 2;
    products += sum;
  }
  return best;
}
