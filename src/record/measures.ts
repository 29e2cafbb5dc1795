import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { CompletedTrial, Measures, Trial } from './trial.ts';

/** The trials that came to their end. */
export const completedTrials = (trials: readonly Trial[]): readonly CompletedTrial[] =>
  trials.filter((trial) => trial.outcome === 'completed');

/** The values of a measure over the completed trials; those that lack it are left out. */
export const valuesOf = (trials: readonly Trial[], measure: string): readonly number[] =>
  completedTrials(trials).flatMap(({ measures }) => measures[measure] ?? []);

/** A measure over the completed trials; `null` when none has it. */
export function metricOf(trials: readonly Trial[], measure: string): MetricSummary | null {
  const values = [...valuesOf(trials, measure)];
  if (values.length === 0) return null;
  return {
    mean: mean(values),
    sd: values.length > 1 ? sampleStandardDeviation(values) : null,
    values,
  };
}

/** The mean of every measure over the completed trials. */
export function meansOf(trials: readonly Trial[]): Measures {
  const names = new Set(completedTrials(trials).flatMap(({ measures }) => Object.keys(measures)));
  return Object.fromEntries([...names].map((name) => [name, mean([...valuesOf(trials, name)])]));
}

/**
 * Measures of a whole trial, not of a model on rows. Of a full training beside the first two:
 * KiB of the file its weights are kept as (without one: of the weights as 32-bit floats), the
 * milliseconds that answers to one row and to 32 take (median and 95th percentile), and the largest
 * resident memory of the processes that trained, in MiB.
 */
export const TRIAL_MEASURES = [
  'parameters',
  'seconds',
  'modelKB',
  'latencyMs',
  'latencyMs95',
  'latency32Ms',
  'latency32Ms95',
  'memoryMB',
] as const;

/** What a measure is called that was taken on the sealed part: `test_loss` of `val_loss`. */
export const onTest = (measure: string): string => `test_${measure.replace(/^val_/, '')}`;

/**
 * The metric of an attempt over its completed trials; `sd` is the sample deviation, `null` below
 * two values.
 */
export interface MetricSummary {
  readonly mean: number;
  readonly sd: number | null;
  readonly values: readonly number[];
}
