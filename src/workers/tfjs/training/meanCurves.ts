import type { Curves } from '../../../record/trial.ts';

/**
 * Curves of several folds as one: at each epoch the mean over those that came so far; `null` where
 * one of them was no number. A single one is as it is.
 */
export function meanCurves(folds: readonly Curves[]): Curves {
  const [first, ...others] = folds;
  if (!first || others.length === 0) return first ?? {};
  const keys = [...new Set(folds.flatMap((curves) => Object.keys(curves)))];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      meanCurve(folds.flatMap((curves) => (curves[key] ? [curves[key]] : []))),
    ]),
  );
}

function meanCurve(curves: Curves[string][]): Curves[string] {
  const length = Math.max(...curves.map((curve) => curve.length));
  return Array.from({ length }, (_, epoch) => {
    const values = curves.flatMap((curve) => (epoch < curve.length ? [curve[epoch] ?? null] : []));
    const numbers = values.filter((value) => value !== null);
    return numbers.length < values.length ? null : meanOf(numbers);
  });
}

/** `NaN` of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
