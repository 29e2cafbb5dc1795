import { comparisonAt, estimatePaired, pairedValues } from '../../judge/pairedComparison.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Comparison } from '../../record/verdict.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import type { ComparedAttempt } from './attemptDifferences.ts';
import { runLabel } from './curvesDocument.ts';

/** Another attempt against the first, seed by seed. */
export interface PairedRow {
  readonly id: string;
  readonly label: string;
  readonly seeds: readonly {
    readonly seed: number;
    readonly first: number;
    readonly other: number;
    readonly difference: number;
  }[];
  readonly mean: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly confidence: number;
}

/** Where neither was judged against the other. */
const CONFIDENCE = 0.95;

/**
 * Compares an attempt with the first, on the seeds that both were trained with; where one was
 * judged against the other on just these, by what the verdict says.
 */
export function pairedRow(
  first: ComparedAttempt,
  other: ComparedAttempt,
  history: readonly AttemptSummary[],
): PairedRow {
  const [one, two] = [first.attempt.trials, other.attempt.trials];
  const { metric } = objectiveOf(first.attempt.config);
  const judged = judgedAgainst(other, first) ?? turned(judgedAgainst(first, other));
  const seeds = pairedValues(two, one, metric).map((pair) => ({
    seed: pair.seed,
    first: pair.other,
    other: pair.own,
    difference: pair.own - pair.other,
  }));
  const { meanDifference, interval, confidence } =
    judged?.seeds.length === seeds.length
      ? judged
      : comparisonAt(
          estimatePaired(two, one, { metric, noise: noiseFloor(history, first.summary) }),
          first.summary.id,
          judged?.confidence ?? CONFIDENCE,
        );
  return {
    id: other.summary.id,
    label: runLabel(other.summary),
    seeds,
    mean: seeds.length === 0 ? null : meanDifference,
    interval,
    confidence,
  };
}

/** What the verdict of one says of the difference to another. */
const judgedAgainst = (
  { attempt }: ComparedAttempt,
  { summary }: ComparedAttempt,
): Comparison | undefined =>
  attempt.verdict.comparisons.find(({ against }) => against === summary.id);

/** The same, seen from the other side. */
const turned = (comparison: Comparison | undefined): Comparison | undefined =>
  comparison && {
    ...comparison,
    meanDifference: -comparison.meanDifference,
    interval: comparison.interval && [-comparison.interval[1], -comparison.interval[0]],
  };
