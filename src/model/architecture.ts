import type { OfData } from './dataParameters.ts';
import type { BuilderChoice, Language } from './modelFile.ts';
import type { NamedValue, Value } from './values.ts';

/**
 * A half-open range of UTF-16 offsets in the model file's text; lines are 1-based and inclusive.
 */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * The function that builds the model. A proposal may touch this range and nothing else (plus
 * imports and helpers right above it).
 */
export interface Builder {
  readonly name: string;
  /** The whole declaration, with `export` and leading comments that belong to it left outside. */
  readonly range: SourceRange;
  readonly body: SourceRange;
  /** `region`: no builder, what stands between `cortex: begin` and `cortex: end`. */
  readonly kind: 'function' | 'arrow' | 'method' | 'region';
  /** Its parameters that take something of the data, by the names that they have in it. */
  readonly handed?: readonly { readonly name: string; readonly takes: OfData }[];
  /** Values its parameters take when they are not handed in: `input_shape=(8, 8, 1)`. */
  readonly defaults?: readonly NamedValue[];
}

/** One argument of a layer or of `compile`, with where it stands. */
export interface Argument extends NamedValue {
  readonly range: SourceRange;
  /**
   * The constant the value was read through (`units: HIDDEN`), or `null` when it is written in
   * place.
   */
  readonly constant: string | null;
}

/** One layer as written in the builder, in the order data flows through it. */
export interface Layer {
  /** Position in `Architecture.layers`; edits name layers by it. */
  readonly index: number;
  /**
   * tfjs factory name whatever the language: `dense`, `conv2d`, `batchNormalization`, `add`,
   * `inputLayer` …
   */
  readonly type: string;
  readonly arguments: readonly Argument[];
  /** The factory call. */
  readonly range: SourceRange;
  /** Indices of the layers it reads from; empty for the input. */
  readonly inputs: readonly number[];
  /** Written inside a loop or a branch: read and shown, never moved. */
  readonly conditional: boolean;
  /** Though never edited, it is there: in a helper used twice, in a loop of known rounds. */
  readonly certain?: true;
  /** Though it may not be moved, its arguments may change: its call is in reach of a proposal. */
  readonly writable?: true;
  /** The layer whose weights it uses again. */
  readonly reuses?: number;
}

/** The optimiser as written; `learningRate` is `null` when the default of the runtime is used. */
export interface Optimizer {
  /**
   * tfjs name: `adam`, `sgd`, `rmsprop`, `momentum`, `adamax`, `adagrad`, `adadelta`; or `other`.
   */
  readonly type: string;
  readonly learningRate: number | null;
  readonly range: SourceRange;
}

/** The `model.compile(...)` call inside the builder, or the file's own outside of it. */
export interface CompileCall {
  readonly range: SourceRange;
  readonly optimizer: Optimizer | null;
  /** `string` for a named loss, `source` for anything else. */
  readonly loss: Value | null;
  readonly arguments: readonly Argument[];
  /** The function it stands in, when the builder does not run it; empty at the top of the file. */
  readonly elsewhere?: string;
}

/**
 * What the builder builds, read from its source: values only, no positions beyond ranges into that
 * source.
 */
export interface Architecture {
  readonly language: Language;
  /** Python: the library that the layers are of. */
  readonly framework?: 'keras' | 'torch';
  readonly builder: Builder;
  /**
   * `opaque`: the builder is found but its layers cannot be edited structurally (only `compile`
   * perhaps).
   */
  readonly style: 'sequential' | 'functional' | 'opaque';
  readonly layers: readonly Layer[];
  readonly compile: CompileCall | null;
  /** Helper functions above the builder that it refers to by name (losses, blocks). */
  readonly helpers: readonly string[];
  /**
   * The builder's source, where `layers` do not say it all (loops, branches, `opaque`): what tells
   * such builders apart.
   */
  readonly unfollowed?: string;
  /**
   * What a proposal may change besides the builder: the helper that the layers are written in, the
   * file's own `compile`.
   */
  readonly scope?: readonly SourceRange[];
  /** The lines at which the reader had to stop, and why. */
  readonly misses?: readonly Miss[];
  /** Other builders of the file, where nobody has named the one that is meant; `line` 1-based. */
  readonly others?: readonly { readonly name: string; readonly line: number }[];
  /** What the reading was asked for, so that it can be asked again for a changed text. */
  readonly choice?: BuilderChoice;
}

/** A line (1-based) that could not be followed. */
export interface Miss {
  readonly line: number;
  readonly why: string;
}
