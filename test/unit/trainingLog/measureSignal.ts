import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { DrawnRun } from './draw.ts';

/**
 * The size of what was put into runs, in standard deviations of one epoch, as the runs show it:
 * each epoch's departure from its true course as a share of the effect; the effect is one over the
 * root of the mean of their squares. `null` where nothing that was put there has a size.
 */
export function measureSignal(runs: readonly DrawnRun[]): number | null {
  const squares = runs.flatMap(({ log, truth }) =>
    truth === null
      ? []
      : truth.course.map(
          (value, i) => (((log.series[truth.series]?.[i] ?? NaN) - value) / truth.effect) ** 2,
        ),
  );
  return squares.length === 0
    ? null
    : 1 / Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** |z| beyond which a test on one side lies in five cases of a hundred where there is nothing. */
const ONE_SIDED = 1.645;

/**
 * Share of the runs in which the best test there is would find what was put there, at five false
 * alarms in a hundred (Neyman and Pearson 1933). It knows shape, place and noise, which no
 * diagnosis does, and only not the level: a bound that cannot be reached. Its z score is the root
 * of the sum of the squared departures from their mean, in standard deviations, over the stretch in
 * which there are any.
 */
export function bestPossible(runs: readonly DrawnRun[]): number | null {
  const signal = measureSignal(runs);
  const powers = runs.flatMap(({ truth }) =>
    truth === null || signal === null || truth.departure.length === 0
      ? []
      : [normalCdf((signal * lengthOf(truth.departure)) / truth.effect - ONE_SIDED, 0, 1)],
  );
  return powers.length === 0 ? null : powers.reduce((sum, power) => sum + power, 0) / powers.length;
}

function lengthOf(departure: readonly number[]): number {
  const first = departure.findIndex((value) => value !== 0);
  const stretch = departure.slice(
    Math.max(0, first - 1),
    departure.findLastIndex((value) => value !== 0) + 2,
  );
  const mean = stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  return Math.sqrt(stretch.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}
