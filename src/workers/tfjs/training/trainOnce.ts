import type { CurveBound } from '../../../judge/fallenBehind.ts';
import { onTest } from '../../../record/measures.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { Footing } from '../../../record/training.ts';
import type { Curves, GrowingCurves, Measures, Trial } from '../../../record/trial.ts';
import type { BuildInput } from '../builder/buildVariant.ts';
import { forgetVariants, guarded, requireRuntimeMethods } from '../builder/tamperGuard.ts';
import { foldsOf } from '../data/types.ts';
import type { StudyData } from '../data/types.ts';
import type { ModelSource } from '../modelSource.ts';
import { onFooting } from '../trained/onFooting.ts';
import { evaluate } from './evaluateModel.ts';
import type { FitInput } from './evaluateModel.ts';
import { fitTrial } from './fitTrial.ts';
import { meanCurves } from './meanCurves.ts';
import { prepareModel } from './prepareModel.ts';
import type { PreparedModel } from './prepareModel.ts';
import type { EvaluationPart, TensorCache, TrialData } from './trainingData.ts';

/** One `train` request, with its data read. */
export interface TrainInput {
  readonly build: Omit<BuildInput, 'beforeBuilder' | 'data' | 'limits'>;
  readonly source: ModelSource;
  readonly tensors: TensorCache;
  readonly data: StudyData;
  readonly config: StudyConfig;
  readonly seeds: readonly number[];
  readonly evaluateOn: EvaluationPart;
  /** Where seeds are given up while they train. */
  readonly bounds: readonly CurveBound[];
  readonly signal: AbortSignal;
  readonly seedRuntime: (seed: number) => void;
  readonly onPhase: (phase: 'build' | 'fit', seed: number) => void;
  readonly onEpoch: (seed: number, epoch: EpochLogs) => void;
  readonly onTrial: (trial: Trial) => void;
  /** Trained models it builds on; absent: none. */
  readonly footing?: Footing;
  /** A seed has trained its model (with folds: that of the first), before its trial is told. */
  readonly onTrained?: (seed: number, trained: Trained) => Promise<void>;
}

/** A model at the end of its training, and what it was trained on. */
export type Trained = Pick<FitInput, 'prepared' | 'data'>;

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
  const { prepared, trialData } = await onFooting(
    await makeReady({ ...input, data }, seed, seed + FOLD_STRIDE * fold),
    { tf: input.build.tf, seed, data, footing: input.footing ?? {} },
  );
  progress.parameters = prepared.model.countParams();
  input.onPhase('fit', seed);
  const started = performance.now();
  const fit: Omit<FitInput, 'check'> = {
    tf: input.build.tf,
    prepared,
    data,
    trialData,
    config,
    signal: input.signal,
    // A bound is the parent's mean over all folds: a single fold may lie anywhere around it.
    bound: input.data === data ? input.bounds.find((bound) => bound.seed === seed) : undefined,
    curves,
    onEpoch: (epoch, logs) =>
      input.onEpoch(seed, input.data === data ? { epoch, logs } : foldLogs(input, progress, epoch)),
  };
  const measure = async (checked: FitInput): Promise<Measures> => {
    try {
      await fitTrial(checked);
    } finally {
      progress.fit = secondsSince(started);
    }
    return measuresOf(input, checked);
  };
  const measures = await checkedAll(fit, measure);
  if (fold === 0) await input.onTrained?.(seed, fit);
  return measures;
}

function foldLogs({ data }: TrainInput, { curves }: Progress, epoch: number): EpochLogs {
  const logs = Object.fromEntries(
    Object.entries(meanCurves(curves)).map(([key, curve]) => [key, curve[epoch - 1] ?? null]),
  );
  return { epoch, logs, fold: { number: curves.length, count: foldsOf(data).length } };
}

/**
 * Builds and compiles the variant with everything random set by `random`, which is the seed where
 * it is not said.
 */
export async function makeReady(
  input: Omit<TrainInput, 'seeds' | 'evaluateOn' | 'bounds' | 'signal' | 'onEpoch' | 'onTrial'>,
  seed: number,
  random = seed,
): Promise<{ prepared: PreparedModel; trialData: TrialData }> {
  const { data, config, build } = input;
  input.onPhase('build', seed);
  forgetVariants(build.tf);
  input.seedRuntime(random);
  const trialData = await input.tensors.open(data);
  const model = await input.source({ fit: { data, limits: config.limits }, random });
  return {
    prepared: await guarded(build.tf, () =>
      prepareModel(model, { tf: build.tf, data, trialData, config }),
    ),
    trialData,
  };
}

/** Fits and measures under the eyes of the guard: neither runtime nor language may be replaced. */
const checkedAll = (
  fit: Omit<FitInput, 'check'>,
  measure: (checked: FitInput) => Promise<Measures>,
): Promise<Measures> =>
  guarded(
    fit.tf,
    (checkLanguage) => {
      const check = (): void => {
        checkLanguage();
        requireRuntimeMethods(fit.tf, fit.prepared.model);
      };
      return measure({ ...fit, check });
    },
    fit.data.kind === 'streams' ? 'streamed' : 'closed',
  );

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
