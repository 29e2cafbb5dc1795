import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Comparison, CompletedTrial } from '../attempts/attempt.ts';

/** Two-sided confidence of every interval Cortex prints. */
const CONFIDENCE = 0.95;

/**
 * Compares two sets of completed trials on the seeds they share: mean of (variant − reference) in units of the metric, with
 * Student's t interval for paired differences (Student 1908; n − 1 degrees of freedom). `interval` is `null` below two shared
 * seeds, where nothing can be said about noise.
 */
export function comparePaired(variant: readonly CompletedTrial[], reference: readonly CompletedTrial[], against: string): Comparison {
  const pairs = variant.flatMap((trial) => {
    const twin = reference.find((other) => other.seed === trial.seed);
    return twin ? [{ seed: trial.seed, difference: trial.metric - twin.metric }] : [];
  });
  const differences = pairs.map((pair) => pair.difference);
  return {
    against,
    seeds: pairs.map((pair) => pair.seed),
    meanDifference: differences.length > 0 ? mean(differences) : 0,
    interval: differences.length > 1 ? tInterval(differences) : null,
    confidence: CONFIDENCE,
  };
}

function tInterval(differences: readonly number[]): [number, number] {
  const n = differences.length;
  const values = [...differences];
  const halfWidth = (tQuantile(1 - (1 - CONFIDENCE) / 2, n - 1) * sampleStandardDeviation(values)) / Math.sqrt(n);
  return [mean(values) - halfWidth, mean(values) + halfWidth];
}
