import * as z from 'zod';
import { formatChange, formatNumber } from '../record/format.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';
import { gainOf } from '../study/objective.ts';

/** {@link CurveBound} as a message carries it. */
export const curveBoundSchema = z.object({
  seed: z.number(),
  metric: z.string(),
  direction: z.enum(['minimize', 'maximize']),
  /** By epoch. */
  expected: z.array(z.number()),
  /** By epoch, in units of the metric. */
  margin: z.array(z.number()),
  /** Of the interval of the difference from `expected` that is `margin` wide on either side. */
  confidence: z.number(),
});

/**
 * What a trial's curve is held against while it trains: where its parent was at the same epoch, and
 * how far from it is still noise.
 */
export type CurveBound = DeepReadonly<z.infer<typeof curveBoundSchema>>;

/** At most so many looks at a curve, evenly spaced over its epochs. */
export const LOOKS = 10;

/**
 * Whether a run may be given up after the epochs it has: it is behind its parent at the same epoch
 * by more than the noise, in the epoch before as well (a single one that leaps is no reason), and
 * would be behind its parent's end as well if it went on at the pace of the last third of its
 * epochs. Learning slows down with time, so that is more than it can hope
 * for: a slow starter (a lower learning rate, added regularisation) goes on while it may still
 * catch up. After the median stopping rule of Golovin et al. (2017), "Google Vizier", held to the
 * noise.
 *
 * @param curve the metric, epoch by epoch
 */
export function hasFallenBehind(
  { direction, expected, margin }: CurveBound,
  curve: readonly (number | null)[],
): boolean {
  const last = curve.length - 1;
  const epochs = expected.length;
  if (!isLook(curve.length, epochs)) return false;
  // Turned so that lower is better.
  const at = (values: readonly (number | null)[], epoch: number): number =>
    -gainOf(values[epoch] ?? NaN, { direction });
  const now = Math.min(at(curve, last - 1), at(curve, last));
  const window = Math.max(2, Math.ceil(curve.length / 3));
  const pace = Math.max(0, (at(curve, last - window) - now) / window);
  const end = now - pace * (epochs - 1 - last);
  return (
    now - at(expected, last) > (margin[last] ?? Infinity) &&
    end - at(expected, epochs - 1) > (margin[epochs - 1] ?? Infinity)
  );
}

const isLook = (epoch: number, epochs: number): boolean =>
  epoch > 2 && epoch < epochs && epoch % Math.ceil(epochs / LOOKS) === 0;

/**
 * `Stopped at epoch 4 of 10: val_loss 0.61, +0.26 against its parent there (99.9 % interval +0.24
 * to +0.28), and too slow to catch up.`
 */
export function describeStop(
  { metric, expected, margin, confidence }: CurveBound,
  curve: readonly (number | null)[],
): string {
  const last = curve.length - 1;
  const [value = NaN, parent = NaN, half = NaN] = [
    curve[last] ?? NaN,
    expected[last],
    margin[last],
  ];
  const difference = value - parent;
  const interval = [difference - half, difference + half].map(formatChange).join(' to ');
  return (
    `Stopped at epoch ${curve.length} of ${expected.length}: ${metric} ${formatNumber(value)}, ` +
    `${formatChange(difference)} against its parent there (${formatNumber(confidence * 100)} % ` +
    `interval ${interval}), and too slow to catch up.`
  );
}
