/** What the trainer knows of the study's data (train and validation parts only). */
export interface DataProfile {
  readonly task: 'classification' | 'regression';
  /** Shape of one input, without the batch dimension. */
  readonly inputShape: readonly number[];
  readonly outputUnits: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** Share of each class in the training part; empty for regression. */
  readonly classShares: readonly number[];
  /** SHA-256 over the train and validation parts. */
  readonly hash: string;
  /**
   * What a network starts from, on the training part as it is trained on; absent for streamed data.
   */
  readonly scales?: DataScales | undefined;
  /** The rows came without a validation part of their own, so that they can be dealt into folds. */
  readonly foldable?: true | undefined;
}

/** Mean and standard deviation of a number. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Scales of the targets and the inputs of a training part. */
export interface DataScales {
  /** `null` for classes and for several outputs. */
  readonly target: Scale | null;
  /**
   * Deviations of the narrowest and the widest feature that varies, and the largest mean in
   * deviations; `null` where none varies.
   */
  readonly features: {
    readonly smallest: number;
    readonly largest: number;
    readonly offset: number;
  } | null;
}

/**
 * What simple models reach on the validation part, by key of the logs (`val_loss` …); `linear` is
 * `null` where the inputs are too wide for one.
 */
export interface ReferenceScores {
  readonly trivial: Readonly<Record<string, number>>;
  readonly linear: Readonly<Record<string, number>> | null;
}
