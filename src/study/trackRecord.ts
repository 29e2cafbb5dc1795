import { isContender } from '../record/kinds.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { calibrationOf, type Calibration } from './calibration.ts';

/**
 * How an operator or a proposer has done in a study. What is neither better, worse, invalid nor
 * rejected was inconclusive.
 */
export interface TrackEntry {
  readonly tries: number;
  readonly better: number;
  readonly worse: number;
  /** Did not build, or crashed. */
  readonly invalid: number;
  /** Turned down in review. */
  readonly rejected: number;
  /** Proposals whose words and change disagreed. */
  readonly mismatched: number;
  /** Attempts with both an observed and a predicted effect. */
  readonly measured: number;
  /** Means over the measured attempts, in units of the metric; `null` without any. */
  readonly meanObserved: number | null;
  readonly meanPredicted: number | null;
  /** `null` where no attempt carries a confidence. */
  readonly calibration: Calibration | null;
}

/** Whose record. */
export type TrackBy = 'operator' | 'proposer';

/** Name → its record. */
export type TrackRecord = ReadonlyMap<string, TrackEntry>;

/**
 * The record of every operator (or proposer) that the given attempts used. Baselines, records
 * without a proposal and cancelled attempts say nothing.
 */
export function trackRecord(
  attempts: readonly AttemptSummary[],
  by: TrackBy = 'operator',
): TrackRecord {
  const groups = Map.groupBy(attempts.filter(counts), (attempt) => attempt[by] ?? '');
  return new Map([...groups].map(([name, group]) => [name, recordOf(group)]));
}

/** The attempts of one proposer: another's failures are not held against its operators. */
export const attemptsOf = (
  history: readonly AttemptSummary[],
  proposer: string,
): readonly AttemptSummary[] => history.filter((attempt) => attempt.proposer === proposer);

const counts = (attempt: AttemptSummary): boolean =>
  isContender(attempt) &&
  attempt.operator !== null &&
  attempt.verdict !== 'baseline' &&
  attempt.verdict !== 'cancelled';

function recordOf(group: readonly AttemptSummary[]): TrackEntry {
  const count = (...verdicts: readonly AttemptSummary['verdict'][]): number =>
    group.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const effects = group.flatMap(({ effect: { observed, predicted } }) =>
    observed === null || predicted === null ? [] : [{ observed, predicted }],
  );
  return {
    tries: group.length,
    better: count('better'),
    worse: count('worse'),
    invalid: count('invalid', 'crashed'),
    rejected: count('rejected'),
    mismatched: group.filter(({ mismatches }) => mismatches > 0).length,
    measured: effects.length,
    meanObserved: mean(effects.map(({ observed }) => observed)),
    meanPredicted: mean(effects.map(({ predicted }) => predicted)),
    calibration: calibrationOf(group),
  };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
