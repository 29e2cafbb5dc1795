import { sum } from './studyFigures.ts';
import type { StudyRow } from './studyRow.ts';

/** How well effects were foretold. */
interface Calibration {
  readonly pairs: readonly {
    readonly row: StudyRow;
    readonly predicted: number;
    readonly observed: number;
  }[];
  /** Share of the predictions that had the sign right; `null` without any. */
  readonly sameSign: number | null;
  /** Mean distance of prediction and observation, in units of the metric; `null` without any. */
  readonly meanError: number | null;
}

/** Predicted and observed effect of every attempt that has both. */
export function calibration(rows: readonly StudyRow[]): Calibration {
  const pairs = rows.flatMap((row) =>
    row.predicted !== null && row.observed !== null
      ? [{ row, predicted: row.predicted, observed: row.observed }]
      : [],
  );
  const mean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : sum(values) / values.length;
  return {
    pairs,
    sameSign: mean(
      pairs.map(({ predicted, observed }) =>
        Math.sign(predicted) === Math.sign(observed) ? 1 : 0,
      ),
    ),
    meanError: mean(pairs.map(({ predicted, observed }) => Math.abs(predicted - observed))),
  };
}
