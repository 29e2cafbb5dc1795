import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean, sampleVariance } from 'simple-statistics';
import type { Comparison } from '../record/verdict.ts';
import { completedTrials } from '../record/measures.ts';
import type { Trial } from '../record/trial.ts';
import type { NoiseFloor } from '../study/noiseFloor.ts';

/** What the shared seeds say about the difference variant − reference, in units of the metric. */
export interface PairedEstimate {
  readonly seeds: readonly number[];
  readonly mean: number;
  /** Of one seed's difference; `null` below two shared seeds. */
  readonly deviation: number | null;
  readonly degreesOfFreedom: number;
}

/**
 * The most that the study's own noise may weigh against what the pair shows itself, in degrees of
 * freedom; chosen by simulation (bench `judge`).
 */
export const PRIOR_FREEDOM = 6;

/**
 * Estimates the paired difference on the seeds two sets of trials share. The variance is moderated:
 * the seeds' own, weighed with the one the study's noise floor leads to expect (Smyth 2004, "Linear
 * models and empirical Bayes methods", limma), so that two or three seeds that happen to agree do
 * not pass for certainty.
 */
export function estimatePaired(
  variant: readonly Trial[],
  reference: readonly Trial[],
  { metric, noise }: { readonly metric: string; readonly noise: NoiseFloor | null },
): PairedEstimate {
  const pairs = pairedValues(variant, reference, metric).map(({ seed, own, other }) => ({
    seed,
    difference: own - other,
  }));
  const differences = pairs.map((pair) => pair.difference);
  const seeds = pairs.map((pair) => pair.seed);
  if (differences.length < 2)
    return { seeds, mean: differences[0] ?? 0, deviation: null, degreesOfFreedom: 0 };
  const own = differences.length - 1;
  const prior = noise ? Math.min(noise.degreesOfFreedom, PRIOR_FREEDOM) : 0;
  const expected = noise ? 2 * noise.sd ** 2 : 0;
  const variance = (prior * expected + own * sampleVariance(differences)) / (prior + own);
  return {
    seeds,
    mean: mean(differences),
    deviation: Math.sqrt(variance),
    degreesOfFreedom: prior + own,
  };
}

/** A measure of two sets of trials on the seeds that both have it for, in the first one's order. */
export function pairedValues(
  variant: readonly Trial[],
  reference: readonly Trial[],
  metric: string,
): readonly { readonly seed: number; readonly own: number; readonly other: number }[] {
  const others = completedTrials(reference);
  return completedTrials(variant).flatMap(({ seed, measures }) => {
    const own = measures[metric];
    const other = others.find((twin) => twin.seed === seed)?.measures[metric];
    return own === undefined || other === undefined ? [] : [{ seed, own, other }];
  });
}

/**
 * Half the width of the two-sided interval of the mean difference at a confidence; `null` below two
 * shared seeds.
 */
export function halfWidth(
  { seeds, deviation, degreesOfFreedom }: PairedEstimate,
  confidence: number,
): number | null {
  if (deviation === null) return null;
  return (
    (tQuantile(1 - (1 - confidence) / 2, degreesOfFreedom) * deviation) / Math.sqrt(seeds.length)
  );
}

/** The estimate as it is kept and shown, with its interval at `confidence`. */
export function comparisonAt(
  estimate: PairedEstimate,
  against: string,
  confidence: number,
): Comparison {
  const half = halfWidth(estimate, confidence);
  return {
    against,
    seeds: [...estimate.seeds],
    meanDifference: estimate.mean,
    interval: half === null ? null : [estimate.mean - half, estimate.mean + half],
    confidence,
  };
}
