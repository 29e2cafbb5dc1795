import { mean } from 'simple-statistics';
import { firstObjectiveOf } from './objectives.ts';
import type { FirstObjective, StudyConfig } from './studyConfig.ts';
import type { CompletedTrial, Trial } from './trial.ts';

/** Share of the epochs that the tail of a training is; chosen by measuring (bench `worth`). */
const TAIL = 0.2;
/** Epochs of a tail, as far as that is no more than half of them. */
const LEAST = 3;

/** Epochs of the tail of a training. */
export const tailOf = (epochs: number): number =>
  Math.min(Math.ceil(epochs / 2), Math.max(LEAST, Math.round(TAIL * epochs)));

type Curve = readonly (number | null)[];

/**
 * A trial whose measures are those that count by the study's objective: of its last epoch, the mean
 * of its tail, or of the epoch in which the objective was best. One that was measured otherwise
 * than its last epoch (early stopping that restored weights) stays as it is.
 */
export function valued(trial: Trial, config: Pick<StudyConfig, 'objective'>): Trial {
  const objective = firstObjectiveOf(config);
  if (trial.outcome === 'failed' || !isLastEpoch(trial, objective.metric)) return trial;
  const pick = pickerOf(trial.curves[objective.metric] ?? [], objective);
  const counting = Object.keys(trial.measures).flatMap((name) => {
    const value = pick(trial.curves[name] ?? []);
    return value === null ? [] : [[name, value] as const];
  });
  return { ...trial, measures: { ...trial.measures, ...Object.fromEntries(counting) } };
}

/** What a curve is worth by an objective, as far as it goes; `null` where that is no number. */
export const worthOf = (curve: Curve, objective: FirstObjective): number | null =>
  pickerOf(curve, objective)(curve);

/** The trial as its weights are, which are those of its last epoch. */
export function asKept(trial: CompletedTrial): CompletedTrial {
  const last = Object.keys(trial.measures).flatMap((name) => {
    const value = trial.curves[name]?.at(-1);
    return typeof value === 'number' ? [[name, value] as const] : [];
  });
  return { ...trial, measures: { ...trial.measures, ...Object.fromEntries(last) } };
}

/** `val_loss counts as the mean of the last 4 of 20 epochs.` */
export function worthText(config: Pick<StudyConfig, 'objective' | 'epochs'>): string {
  const { metric, at = 'last' } = firstObjectiveOf(config);
  const tail = tailOf(config.epochs);
  const last = 'that of the last epoch';
  const what = {
    last,
    tail: tail === 1 ? last : `the mean of the last ${tail} of ${config.epochs} epochs`,
    best: 'that of the best epoch',
  }[at];
  return `${metric} counts as ${what}.`;
}

function pickerOf(
  curve: Curve,
  { at = 'last', direction }: FirstObjective,
): (other: Curve) => number | null {
  if (at === 'last') return (other) => numberAt(other, other.length - 1);
  if (at === 'tail') return tailMean;
  const sign = direction === 'minimize' ? 1 : -1;
  const turned = curve.map((value) => (value === null ? Infinity : sign * value));
  const epoch = turned.indexOf(Math.min(...turned));
  return (other) => numberAt(other, epoch);
}

function tailMean(curve: Curve): number | null {
  const tail = curve.slice(-tailOf(curve.length)).filter((value) => value !== null);
  return tail.length === 0 || curve.length === 0 ? null : mean(tail);
}

const numberAt = (curve: Curve, epoch: number): number | null => curve[epoch] ?? null;

/** By how much two computations of one number may differ, as a share of it. */
const ROUNDING = 1e-6;

function isLastEpoch({ measures, curves }: CompletedTrial, metric: string): boolean {
  const [measure, last] = [measures[metric], curves[metric]?.at(-1)];
  if (measure === undefined || typeof last !== 'number') return false;
  return Math.abs(measure - last) <= ROUNDING * Math.max(Math.abs(last), Number.MIN_VALUE);
}
