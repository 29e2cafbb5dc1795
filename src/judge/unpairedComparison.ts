import { mean, sampleVariance } from 'simple-statistics';
import type { Trial } from '../record/trial.ts';
import type { NoiseFloor } from '../study/noiseFloor.ts';
import { pairedValues, PRIOR_FREEDOM, type PairedEstimate } from './pairedComparison.ts';

/**
 * Estimates the difference of two sets of runs that share no seed: run by number stands against run
 * by number for the mean alone, and the variance is the sum of both, as for independent samples of
 * one size; moderated by the study's noise floor as paired ones are.
 */
export function estimateUnpaired(
  variant: readonly Trial[],
  reference: readonly Trial[],
  { metric, noise }: { readonly metric: string; readonly noise: NoiseFloor | null },
): PairedEstimate {
  const pairs = pairedValues(variant, reference, metric);
  const seeds = pairs.map(({ seed }) => seed);
  const difference = mean([...pairs.map(({ own, other }) => own - other), ...EMPTY(pairs.length)]);
  if (pairs.length < 2) return { seeds, mean: difference, deviation: null, degreesOfFreedom: 0 };
  const own = 2 * (pairs.length - 1);
  const prior = noise ? Math.min(noise.degreesOfFreedom, PRIOR_FREEDOM) : 0;
  const expected = noise ? 2 * noise.sd ** 2 : 0;
  const seen =
    sampleVariance(pairs.map((pair) => pair.own)) + sampleVariance(pairs.map(({ other }) => other));
  const variance = (prior * expected + own * seen) / (prior + own);
  return {
    seeds,
    mean: difference,
    deviation: Math.sqrt(variance),
    degreesOfFreedom: prior + own,
  };
}

/** No pair is no difference. */
const EMPTY = (count: number): readonly number[] => (count === 0 ? [0] : []);
