import type { CurveBound } from '../judge/fallenBehind.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import type { Runtime } from '../model/runtime.ts';
import type { ExportedFile } from '../model/formats/exportFormat.ts';
import type { SavedModel } from '../model/savedModel.ts';
import type { Variant } from '../model/variant.ts';
import type { Environment } from '../record/environment.ts';
import type { Failure, Measures, Trial } from '../record/trial.ts';
import type { DataProfile, ReferenceScores } from '../record/dataProfile.ts';
import type { EpochProgress, Footing, TrainedFacts, Training } from '../record/training.ts';
import type { Study } from '../study/study.ts';
import type { Result } from '../util/result.ts';

/**
 * Builds and trains variants outside this process. Rejects with a `CortexError` only for input or
 * environment errors (bad data, no runtime).
 */
export interface Trainer {
  /** All that can train here; empty for none. */
  readonly runtimes: readonly Runtime[];
  /** How many trials train side by side, at least 1. */
  readonly workers: number;
  /** `null` where a command of the user's own trains: it alone knows its data. */
  profileData(study: Study, signal: AbortSignal): Promise<DataProfile | null>;
  /**
   * Always answering the mean, and a linear model: what a network has to beat. `null` for streamed
   * data.
   */
  references(study: Study, signal: AbortSignal): Promise<ReferenceScores | null>;
  /** Builds without training (about a second at most on a warm worker). */
  build(study: Study, variant: Variant, signal: AbortSignal): Promise<Result<BuiltModel, Failure>>;
  train(request: TrainRequest): Promise<TrainResult>;
  /**
   * Lets models that were trained before predict the study's validation part, each loaded in a
   * process that trained nothing; rejects with an `input` error where one cannot be loaded.
   */
  predict(
    study: Study,
    models: readonly SavedModel[],
    signal: AbortSignal,
  ): Promise<readonly Predictions[]>;
  /**
   * The runtime this study is trained on in this session, as `Environment.runtime` names it; chosen
   * by `variant` where it is not yet.
   */
  runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string>;
  /** Stops every worker. */
  dispose(): Promise<void>;
}

/** What a loaded model says of the validation part. */
export interface Predictions {
  /** Metrics by their keys in the logs; where timed, `latencyMs` and the like, and `memoryMB`. */
  readonly measures: Measures;
  /** A row after the other. */
  readonly outputs: Float32Array;
  /** The model in the other format that was asked for; none where none was. */
  readonly files: readonly ExportedFile[];
}

/** One `train` request: one variant, several seeds. */
export interface TrainRequest extends Training, Footing {
  readonly study: Study;
  readonly variant: Variant;
  /**
   * Seeds that end early, as failed by `stopped`, when their curve falls behind; absent: every seed
   * runs to its end.
   */
  readonly bounds?: readonly CurveBound[];
  /** The trained weights are kept, and named in each completed trial; absent: they are not. */
  readonly keepWeights?: true;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
  /** A seed has ended, well or not. */
  readonly onTrial?: (trial: Trial) => void;
}

/** Sent at least once per epoch. */
export interface TrainProgress extends Omit<EpochProgress, 'logs'> {
  /** What is a number among the epoch's logs. */
  readonly logs: Readonly<Record<string, number>>;
  /** Position of this seed among the request's seeds, 0-based. */
  readonly seedIndex: number;
  readonly seedCount: number;
  /** Other seeds of the request that train at the same time; absent: none. */
  readonly beside?: readonly number[];
  /** Estimate for all seeds of the request. */
  readonly secondsLeft: number | null;
}

/**
 * What a `train` request came to: as many trials as seeds were started. Never rejects for what the
 * variant did.
 */
export interface TrainResult extends TrainedFacts {
  readonly trials: readonly Trial[];
  readonly environment: Environment;
}
