import type { CurveBound } from '../../../judge/fallenBehind.ts';
import { onTest } from '../../../record/measures.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { Curves, Failure, GrowingCurves, Measures, Trial } from '../../../record/trial.ts';
import { foldsOf } from '../data/types.ts';
import type { StudyData } from '../data/types.ts';
import type { Tf } from '../tf.ts';
import { evaluate, fitTrial, type FitInput } from './fitTrial.ts';
import type { Learner } from './learner.ts';
import { timesWithin } from './timesWithin.ts';
import { meanCurves } from './meanCurves.ts';
import type { StudyMetrics } from './metrics/studyMetrics.ts';
import type { EvaluationPart, TensorCache } from './trainingData.ts';

/** A seed, and what everything random of one of its models starts from. */
export interface RunOf {
  readonly seed: number;
  readonly random: number;
}

/** One `train` request, with its data read. */
export interface TrainInput {
  readonly tf: Tf;
  /** Brings a model that is ready to train. Rejects with what the variant did wrong. */
  readonly learn: (data: StudyData, run: RunOf) => Promise<Learner>;
  /** What a variant threw, as an outcome with a name. */
  readonly failureOf: (error: unknown) => Failure;
  readonly tensors: TensorCache;
  readonly data: StudyData;
  readonly config: StudyConfig;
  readonly metrics: StudyMetrics;
  readonly seeds: readonly number[];
  readonly evaluateOn: EvaluationPart;
  /** Where seeds are given up while they train. */
  readonly bounds: readonly CurveBound[];
  readonly signal: AbortSignal;
  readonly onPhase: (phase: 'build' | 'fit', seed: number) => void;
  readonly onEpoch: (seed: number, epoch: EpochLogs) => void;
  readonly onTrial: (trial: Trial) => void;
  /** A seed has trained its model (with folds: that of the first), before its trial is told. */
  readonly onTrained?: (seed: number, trained: Trained) => Promise<void>;
}

/** A model at the end of its training, and what it was trained on. */
export type Trained = Pick<FitInput, 'learner' | 'data'>;

/**
 * An epoch that has ended, 1-based. With folds `logs` are means over this fold and those before it,
 * so that the last fold's are the trial's.
 */
interface EpochLogs {
  readonly epoch: number;
  readonly logs: Readonly<Record<string, number | null>>;
  readonly fold?: { readonly number: number; readonly count: number };
}

/** How far a seed has come. */
export interface Progress {
  /** One entry a fold, as far as it came. */
  readonly curves: Curves[];
  parameters: number | null;
  fit: number;
  /** How fast the model of the first fold answers; empty before that, and where nobody asks. */
  times: Measures;
}

/** One run of one seed: a model, or one a fold. */
export interface Run {
  readonly seed: number;
  /** 0-based. */
  readonly fold: number;
  readonly data: StudyData;
}

/** Between the random seeds of two folds, so that no luck of one start is shared by all folds. */
const FOLD_STRIDE = 1_000_003;

/** One training of one seed: builds, fits and measures. */
export async function trainOnce(
  input: TrainInput,
  { seed, fold, data }: Run,
  progress: Progress,
): Promise<Measures> {
  const { config } = input;
  const curves: GrowingCurves = {};
  progress.curves.push(curves);
  input.onPhase('build', seed);
  const learner = await input.learn(data, { seed, random: seed + FOLD_STRIDE * fold });
  progress.parameters = learner.parameters;
  input.onPhase('fit', seed);
  const started = performance.now();
  const fit: FitInput = {
    learner,
    data,
    metrics: input.metrics,
    config,
    signal: input.signal,
    // A bound is the parent's mean over all folds: a single fold may lie anywhere around it.
    bound: input.data === data ? input.bounds.find((bound) => bound.seed === seed) : undefined,
    curves,
    onEpoch: (epoch, logs) =>
      input.onEpoch(seed, input.data === data ? { epoch, logs } : foldLogs(input, progress, epoch)),
  };
  try {
    await fitTrial(fit).finally(() => (progress.fit += secondsSince(started)));
    const measures = await measuresOf(input, fit);
    if (fold === 0 && input.onTrained) {
      progress.times = await timesWithin(fit, progress.fit);
      await input.onTrained(seed, fit);
    }
    return measures;
  } finally {
    learner.close();
  }
}

function foldLogs({ data }: TrainInput, { curves }: Progress, epoch: number): EpochLogs {
  const logs = Object.fromEntries(
    Object.entries(meanCurves(curves)).map(([key, curve]) => [key, curve[epoch - 1] ?? null]),
  );
  return { epoch, logs, fold: { number: curves.length, count: foldsOf(data).length } };
}

/** The logs of the last epoch, and what the sealed part says where it is opened. */
async function measuresOf({ evaluateOn }: TrainInput, fit: FitInput): Promise<Measures> {
  const last = Object.entries(fit.curves).flatMap(([key, curve]) => {
    const value = curve.at(-1);
    return typeof value === 'number' ? [[key, value] as const] : [];
  });
  const sealed = evaluateOn === 'test' ? Object.entries(await evaluate(fit, 'test')) : [];
  return Object.fromEntries([...last, ...sealed.map(([key, value]) => [onTest(key), value])]);
}

/** Seconds since a moment of `performance.now()`. */
export const secondsSince = (start: number): number => (performance.now() - start) / 1000;
