import type { Preparation } from '../../../model/trainedModel.ts';
import type { DataScales } from '../../../record/dataProfile.ts';
import type { Dataset } from '../tf.ts';

export type Task = 'classification' | 'regression' | 'multi-label';

/** Numbers with a shape, rows first; `shape` is that of one row. */
export interface Dense {
  readonly values: Float32Array;
  readonly rows: number;
  readonly shape: readonly number[];
}

/** One input of the model; `name` only where there are several and they are named. */
export interface InputLayout {
  readonly name: string | null;
  readonly shape: readonly number[];
}

/** What one output of the model is to give. */
export interface OutputLayout {
  readonly name: string | null;
  /** `multi-label`: classes that may hold together, a 0 or 1 for each. */
  readonly task: Task;
  /** Of one row as the model gives it: `[3]`, `[8, 8, 1]`; class scores a step: `[20, 50]`. */
  readonly shape: readonly number[];
  /** Classes, or numbers a row. */
  readonly units: number;
  /** Numbers a row takes among the targets: one class number stands for all its units. */
  readonly width: number;
  /** Names of the classes; absent for numbers. */
  readonly classes?: readonly string[];
}

/** What is to be predicted, all outputs of a row side by side. */
export interface Targets {
  readonly values: Float32Array;
  readonly rows: number;
  readonly outputs: readonly OutputLayout[];
}

/** All rows of a source, or of one ready-made part; all inputs of a row side by side. */
export interface Table {
  readonly inputs: Dense;
  readonly layout: readonly InputLayout[];
  readonly targets: Targets;
  /** How much each row counts while it is trained on; `null`: all alike. */
  readonly weights: Float32Array | null;
}

/** Rows that are trained or evaluated on, as in {@link Table}. */
export interface Part {
  readonly rows: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array | null;
}

/** An output, and what its training targets are like. */
export interface OutputFacts extends OutputLayout {
  /** Share of each class in the training part; empty for numbers. */
  readonly classShares: readonly number[];
  /** Numbers: variance of the training targets, as trained on; else 0. */
  readonly targetVariance: number;
}

/** What a study's data is, whatever form it comes in. */
interface DataFacts {
  readonly inputs: readonly InputLayout[];
  readonly outputs: readonly OutputFacts[];
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** SHA-256 over the train and validation parts, before preprocessing. */
  readonly hash: string;
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

/** Numbers in one row of these shapes. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, axis) => product * axis, 1);

/** Numbers in one row of inputs. */
export const inputWidth = (layout: readonly Pick<InputLayout, 'shape'>[]): number =>
  layout.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Numbers in one row of targets. */
export const targetWidth = (outputs: readonly Pick<OutputLayout, 'width'>[]): number =>
  outputs.reduce((sum, { width }) => sum + width, 0);

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
