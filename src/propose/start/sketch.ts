import type { LayerSpec, LibraryOptimizer, OptimizerSpec } from '../../model/edits.ts';

/** A model in no language: what stands between its input and its output. */
export interface Sketch {
  /** In the order data flows. */
  readonly layers: readonly LayerSpec[];
  /** From the output of a layer (its place among `layers`) to that of a later one. */
  readonly shortcuts: readonly { readonly from: number; readonly to: number }[];
  /** `step`: the output is a distribution at each step of a sequence. */
  readonly output: 'classes' | 'numbers';
  readonly optimizer: OptimizerSpec & { readonly type: LibraryOptimizer };
}

/** What a first model is worth a try for. */
export interface FirstModel {
  /** Stable: people choose it by it. */
  readonly name: string;
  readonly title: string;
  /** Why, with the numbers of the data. */
  readonly reason: string;
  /** The work it comes from. */
  readonly source: string;
  /** How likely it is the best of the three, 0–1. */
  readonly confidence: number;
  readonly sketch: Sketch;
}
