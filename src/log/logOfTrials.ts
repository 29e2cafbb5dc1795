import type { CompletedTrial, Trial } from '../record/trial.ts';
import { seriesName } from './seriesName.ts';
import type { TrainingLog } from './trainingLog.ts';

/**
 * The mean curves of the completed trials, under the names logs use; `null` when none was
 * completed.
 */
export function logOfTrials(trials: readonly Trial[], source: string): TrainingLog | null {
  const completed = trials.filter(
    (trial): trial is CompletedTrial => trial.outcome === 'completed',
  );
  const length = Math.min(
    ...completed.map(({ curves }) =>
      Math.max(0, ...Object.values(curves).map((curve) => curve.length)),
    ),
  );
  if (completed.length === 0 || length === 0) return null;
  const keys = Object.keys(completed[0]?.curves ?? {});
  return {
    source,
    format: 'trials',
    epochs: Array.from({ length }, (_, i) => i + 1),
    series: Object.fromEntries(
      keys.map((key) => [seriesName(key), meanCurve(completed, key, length)]),
    ),
    lines: [],
    run: { index: 1, count: 1 },
    notes: [],
  };
}

/**
 * Mean over the trials, epoch by epoch; `null` where one of them has no value: it would be a mean
 * of other trials.
 */
const meanCurve = (
  trials: readonly CompletedTrial[],
  key: string,
  length: number,
): (number | null)[] =>
  Array.from({ length }, (_, i) => {
    const values = trials
      .map(({ curves }) => curves[key]?.[i] ?? null)
      .filter((value) => value !== null);
    return values.length === trials.length
      ? values.reduce((sum, value) => sum + value, 0) / values.length
      : null;
  });
