import { comparisonAt, estimatePaired, pairedValues } from '../../judge/pairedComparison.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
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

/** Compares an attempt with the first, on the seeds that both were trained with. */
export function pairedRow(
  first: ComparedAttempt,
  other: ComparedAttempt,
  history: readonly AttemptSummary[],
): PairedRow {
  const [one, two] = [first.attempt.trials, other.attempt.trials];
  const { metric } = objectiveOf(first.attempt.config);
  const confidence = judgedAt(other, first) ?? judgedAt(first, other) ?? CONFIDENCE;
  const seeds = pairedValues(two, one, metric).map((pair) => ({
    seed: pair.seed,
    first: pair.other,
    other: pair.own,
    difference: pair.own - pair.other,
  }));
  const { meanDifference, interval } = comparisonAt(
    estimatePaired(two, one, { metric, noise: noiseFloor(history, first.summary) }),
    first.summary.id,
    confidence,
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

/** The confidence at which the race of one came to its interval against another. */
const judgedAt = ({ attempt }: ComparedAttempt, { summary }: ComparedAttempt): number | undefined =>
  attempt.verdict.comparisons.find(({ against }) => against === summary.id)?.confidence;
