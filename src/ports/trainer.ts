import type { CurveBound } from '../judge/fallenBehind.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import type { Variant } from '../model/variant.ts';
import type { Environment, Failure, Trial } from '../record/attempt.ts';
import type { DataProfile, ReferenceScores } from '../record/dataProfile.ts';
import type { Study } from '../study/study.ts';
import type { Result } from '../util/result.ts';

/**
 * Builds and trains variants outside this process. Rejects with a `CortexError` only for input or
 * environment errors (bad data, no runtime).
 */
export interface Trainer {
  profileData(study: Study, signal: AbortSignal): Promise<DataProfile>;
  /**
   * Always answering the mean, and a linear model: what a network has to beat. `null` for streamed
   * data.
   */
  references(study: Study, signal: AbortSignal): Promise<ReferenceScores | null>;
  /** Builds without training (about a second at most on a warm worker). */
  build(study: Study, variant: Variant, signal: AbortSignal): Promise<Result<BuiltModel, Failure>>;
  train(request: TrainRequest): Promise<TrainResult>;
  /**
   * The runtime this study is trained on in this session, as `Environment.runtime` names it; chosen
   * by `variant` where it is not yet.
   */
  runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string>;
  /** Stops every worker. */
  dispose(): Promise<void>;
}

/** One `train` request: one variant, several seeds, in one message. */
export interface TrainRequest {
  readonly study: Study;
  readonly variant: Variant;
  readonly seeds: readonly number[];
  /** `test` unseals: the metric is computed on the sealed part; never used by a search. */
  readonly evaluateOn: 'validation' | 'test';
  /**
   * Seeds that end early, as failed by `stopped`, when their curve falls behind; absent: every seed
   * runs to its end.
   */
  readonly bounds?: readonly CurveBound[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
  /** A seed has ended, well or not. */
  readonly onTrial?: (trial: Trial) => void;
}

/** Sent at least once per epoch. */
export interface TrainProgress {
  readonly seed: number;
  /** 1-based, of `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** Which of the seed's models trains, 1-based, where there is one a fold. */
  readonly fold?: { readonly number: number; readonly count: number } | undefined;
  /** Position of this seed among the request's seeds, 0-based. */
  readonly seedIndex: number;
  readonly seedCount: number;
  /** With folds: means over this fold and those before it. */
  readonly logs: Readonly<Record<string, number>>;
  /** Estimate for all seeds of the request. */
  readonly secondsLeft: number | null;
}

/**
 * What a `train` request came to: as many trials as seeds were started. Never rejects for what the
 * variant did.
 */
export interface TrainResult {
  readonly trials: readonly Trial[];
  readonly parameters: number | null;
  readonly environment: Environment;
  readonly dataHash: string | null;
}
