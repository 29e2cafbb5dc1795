import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean, sampleVariance } from 'simple-statistics';
import type { CompletedTrial, Curves } from '../record/trial.ts';
import type { Objective } from '../record/studyConfig.ts';
import { LOOKS, type CurveBound } from './fallenBehind.ts';
import type { NoiseFloor } from '../study/noiseFloor.ts';

/** What bounds are made from: the parent's trials, and the study's noise floor. */
interface Known {
  readonly objective: Objective;
  readonly trials: readonly CompletedTrial[];
  readonly noise: NoiseFloor | null;
}

/**
 * Chance that a race of a variant that is level with its parent is ended by a stop, over all its
 * seeds and looks.
 */
const ALPHA = 0.02;
/**
 * The most that the noise floor counts for, in degrees of freedom: a variant's own noise may be
 * another.
 */
const MOST_FREEDOM = 6;
/** Epochs either side over which the seeds' variance is smoothed. */
const SMOOTHING = 1;

/**
 * One bound for each seed to be trained. The error is spent by halves over the seeds and evenly
 * over the looks (Bonferroni): what is level with its parent is stopped with a chance of at most 2
 * %. The parent's own run with the same seed where there is one, else the mean of its runs. Empty
 * while the noise is not known, or the parent's curves do not show the metric.
 *
 * @param first how many seeds of the race were trained before these
 */
export function curveBounds(
  seeds: readonly number[],
  first: number,
  { objective, trials, noise }: Known,
): readonly CurveBound[] {
  const curves = trials.flatMap(({ seed, curves: own }) => known(seed, own[objective.metric]));
  const epochs = Math.min(...curves.map(({ curve }) => curve.length));
  if (!noise || curves.length < 2 || epochs < 2) return [];
  const variances = Array.from({ length: epochs }, (_, epoch) =>
    sampleVariance(curves.map(({ curve }) => curve[epoch] ?? 0)),
  );
  return seeds.map((seed, index) => {
    const level = ALPHA / 2 ** (first + index + 1) / LOOKS;
    const factor =
      tQuantile(1 - level, Math.min(noise.degreesOfFreedom, MOST_FREEDOM)) * Math.SQRT2;
    const twin = curves.find((other) => other.seed === seed)?.curve;
    return {
      metric: objective.metric,
      direction: objective.direction,
      seed,
      confidence: 1 - 2 * level,
      expected: variances.map(
        (_, epoch) => twin?.[epoch] ?? mean(curves.map(({ curve }) => curve[epoch] ?? 0)),
      ),
      margin: variances.map(
        (_, epoch) => factor * Math.sqrt(Math.max(noise.sd ** 2, smoothed(variances, epoch))),
      ),
    };
  });
}

function known(
  seed: number,
  curve: Curves[string] | undefined,
): readonly { readonly seed: number; readonly curve: readonly number[] }[] {
  const values = (curve ?? []).filter((value) => value !== null);
  return curve && values.length === curve.length ? [{ seed, curve: values }] : [];
}

function smoothed(variances: readonly number[], epoch: number): number {
  return mean(variances.slice(Math.max(0, epoch - SMOOTHING), epoch + SMOOTHING + 1));
}
