import { isFalling, middle, slopeOf } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { course, percent, since } from './finding.ts';
import { improvementRateOf } from './improvementRate.ts';

/** The loss falls all the time, evenly, and hardly: less than 10 % over the run. */
export const creeping: FindingRule = (run) => {
  const { loss } = run;
  if (!loss || improvementRateOf(run) === null || loss.values.length < 6) return null;
  const { values, noise } = loss;
  const slope = slopeOf(values);
  const fall = -slope * (values.length - 1);
  const [first, last] = [middle(values.slice(0, 3)), middle(values.slice(-3))];
  const share = fall / Math.abs(first);
  const hardly =
    share < 0.1 &&
    share >= 0.002 &&
    Math.max(first, (values[0] ?? first) - 2 * noise) - last < 0.1 * Math.abs(first) + noise;
  if (!hardly || !isEven(values, slope, noise) || !isFalling(values) || fall <= 1.5 * noise)
    return null;
  const text =
    `${loss.name} creeps: it falls evenly but by ${percent(share)} in ${values.length} epochs ` +
    `(${course(loss)}); the learning rate may be too low.`;
  return since(loss, null, { kind: 'creeping', severity: 'warning', text });
};

/**
 * The second half falls at least a third as fast as the whole; noise makes a slope over n epochs
 * unsure by √(12/n³).
 */
function isEven(values: readonly number[], slope: number, noise: number): boolean {
  const half = values.slice(Math.floor(values.length / 2));
  return slopeOf(half) - 1.5 * noise * Math.sqrt(12 / half.length ** 3) < slope / 3;
}
