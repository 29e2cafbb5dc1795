import type { DataScales } from '../../../record/dataProfile.ts';
import type { Preparation } from '../../../model/trainedModel.ts';
import type { Dataset } from '../tf.ts';

export type Task = 'classification' | 'regression';

/** Numbers with a shape, rows first; `shape` is that of one row. */
export interface Dense {
  readonly values: Float32Array;
  readonly rows: number;
  readonly shape: readonly number[];
}

/** What is to be predicted: class numbers into `classes`, or `units` numbers a row. */
export type Targets =
  | {
      readonly task: 'classification';
      readonly labels: Float32Array;
      readonly classes: readonly string[];
    }
  | {
      readonly task: 'regression';
      readonly values: Float32Array;
      /** Numbers a row. */
      readonly units: number;
      /** Of one row, where it is more than a list: images, sequences. */
      readonly shape?: readonly number[];
    };

/** All rows of a source, or of one ready-made part. */
export interface Table {
  readonly inputs: Dense;
  readonly targets: Targets;
}

/**
 * Rows that are trained or evaluated on. `targets` holds a class number a row, or `outputUnits`
 * numbers a row.
 */
export interface Part {
  readonly rows: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/** What a study's data is, whatever form it comes in. */
interface DataFacts {
  readonly task: Task;
  readonly inputShape: readonly number[];
  readonly outputUnits: number;
  /** Of one row of targets, where it is more than a list of `outputUnits` numbers. */
  readonly outputShape?: readonly number[];
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** Share of each class in the training part; empty for regression. */
  readonly classShares: readonly number[];
  /** SHA-256 over the train and validation parts, before preprocessing. */
  readonly hash: string;
  /** Regression: variance of the training targets, as trained on. */
  readonly targetVariance: number;
  /** Of the training part, as trained on; absent for streams. */
  readonly scales?: DataScales;
  /** What was fitted on the training part and done to all rows; absent for streams. */
  readonly preparation?: Preparation;
  /**
   * The data came without a validation part of its own, so that its rows can be dealt into folds.
   */
  readonly foldable?: true;
}

/** Data held in memory. `test` is `null` unless the request unsealed it. */
export interface ArrayData extends DataFacts {
  readonly kind: 'arrays';
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part | null;
  /**
   * Validation in folds: every fold as data of its own, this being the first; absent with one
   * validation part.
   */
  readonly folds?: readonly ArrayData[];
}

/** What one trial trains on, one model each. */
export const foldsOf = (data: StudyData): readonly StudyData[] =>
  data.kind === 'arrays' && data.folds ? data.folds : [data];

/**
 * Data streamed by the user's own `tf.data` pipelines, batched; opened anew for each trial so that
 * shuffling starts alike.
 */
export interface StreamData extends DataFacts {
  readonly kind: 'streams';
  open(): Promise<{
    readonly train: Dataset;
    readonly validation: Dataset;
    readonly test: Dataset | null;
  }>;
}

export type StudyData = ArrayData | StreamData;
