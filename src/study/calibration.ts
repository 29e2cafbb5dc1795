import { isLeftBehind } from '../record/kinds.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';

/**
 * How well the confidence of predictions agrees with what came true; "true" is a verdict of better.
 */
export interface Calibration {
  /** Attempts with a confidence that came to an answer. */
  readonly judged: number;
  readonly meanConfidence: number;
  readonly cameTrue: number;
  /**
   * Mean squared distance of confidence and outcome: 0 at best, 0.25 for always saying 50 % (Brier
   * 1950, "Verification of forecasts expressed in terms of probability").
   */
  readonly brier: number;
  /** Fifths of confidence, lowest first; empty ones left out. */
  readonly bins: readonly CalibrationBin[];
}

/** The predictions whose confidence lies in [from, to). */
interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanConfidence: number;
  readonly cameTrue: number;
}

/**
 * These answer whether a change made it better; one that was turned down, stopped, or left behind
 * by short runs says nothing.
 */
const ANSWERS: readonly AttemptSummary['verdict'][] = [
  'better',
  'worse',
  'inconclusive',
  'invalid',
  'crashed',
];

const BINS = 5;

/**
 * The calibration of the attempts that carry a confidence; `null` without any (commits from before
 * it was kept have none).
 */
export function calibrationOf(
  attempts: readonly Pick<AttemptSummary, 'verdict' | 'failure' | 'confidence' | 'operator'>[],
): Calibration | null {
  const answers = attempts
    .filter((attempt) => !isLeftBehind(attempt))
    .flatMap(({ verdict, confidence }) =>
      ANSWERS.includes(verdict) && typeof confidence === 'number'
        ? [{ confidence, hit: verdict === 'better' ? 1 : 0 }]
        : [],
    );
  if (answers.length === 0) return null;
  const groups = Map.groupBy(answers, ({ confidence }) =>
    Math.min(BINS - 1, Math.floor(confidence * BINS)),
  );
  const bins = [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, group]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: group.length,
      ...averages(group),
    }));
  return {
    judged: answers.length,
    ...averages(answers),
    brier: mean(answers.map(({ confidence, hit }) => (confidence - hit) ** 2)),
    bins,
  };
}

const averages = (
  answers: readonly { readonly confidence: number; readonly hit: number }[],
): { readonly meanConfidence: number; readonly cameTrue: number } => ({
  meanConfidence: mean(answers.map(({ confidence }) => confidence)),
  cameTrue: mean(answers.map(({ hit }) => hit)),
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
