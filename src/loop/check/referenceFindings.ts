import { halfWidth } from '../../judge/pairedComparison.ts';
import type { ReferenceScores } from '../../record/dataProfile.ts';
import { formatNumber, spreadText } from '../../record/format.ts';
import type { MetricSummary } from '../../record/measures.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { NoiseFloor } from '../../study/noiseFloor.ts';
import { gainOf } from '../../study/objective.ts';

/**
 * A network's score with the study's noise floor around it; `noise` is `null` where no attempt has
 * two seeds.
 */
export interface Measured {
  readonly metric: MetricSummary;
  readonly noise: NoiseFloor | null;
}

/**
 * What a network has to beat, in sentences for people; empty where it does. `null` scores: nothing
 * to compare with.
 */
export function findingsOnReferences(
  { metric, noise }: Measured,
  scores: ReferenceScores | null,
  objective: Objective,
): readonly string[] {
  const own = `${objective.metric} ${spreadText(metric.values)}`;
  const trivial = scores?.trivial[objective.metric];
  const linear = scores?.linear?.[objective.metric];
  const ngram = scores?.ngram?.[objective.metric];
  return [
    ...(trivial !== undefined && !clearlyBetter({ metric, noise }, trivial, objective)
      ? [
          `Your network is no better than always giving the same answer (${objective.metric} ` +
            `${formatNumber(trivial)} against ${own}).`,
        ]
      : []),
    ...(linear !== undefined && !clearlyBetter({ metric, noise }, linear, objective)
      ? [
          'A linear model does at least as well as your network as it is: ' +
            `${objective.metric} ${formatNumber(linear)} on the same data against ${own}.`,
        ]
      : []),
    ...(ngram !== undefined && !clearlyBetter({ metric, noise }, ngram, objective)
      ? [
          'Counting what followed the last three (an n-gram model) does at least as well as your ' +
            `network: ${objective.metric} ${formatNumber(ngram)} against ${own}.`,
        ]
      : []),
  ];
}

const CONFIDENCE = 0.95;

/**
 * The network's interval lies on the good side of `value`, by the study's noise: two seeds alone
 * would say next to nothing. A single seed counts as it stands.
 */
export function clearlyBetter(
  { metric: { mean, values }, noise }: Measured,
  value: number,
  objective: Objective,
): boolean {
  const half = noise
    ? (halfWidth(
        {
          seeds: [...values.keys()],
          mean,
          deviation: noise.sd,
          degreesOfFreedom: noise.degreesOfFreedom,
        },
        CONFIDENCE,
      ) ?? 0)
    : 0;
  return gainOf(mean - value, objective) > half;
}
