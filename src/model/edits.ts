import type { NamedValue, Value } from './values.ts';

/** A layer to be written: its tfjs factory name and arguments. */
export interface LayerSpec {
  readonly type: string;
  readonly arguments: readonly NamedValue[];
}

/** An optimiser that every library has. */
export type LibraryOptimizer = 'adam' | 'sgd' | 'rmsprop' | 'momentum' | 'adamax' | 'adagrad';

/** An optimiser that comes along where the library has none: `model/ownOptimizers`. */
export type BroughtOptimizer =
  'adamW' | 'lion' | 'rAdam' | 'cosineAdam' | 'clippedAdam' | 'averagedAdam';

/** An optimiser to be written. */
export interface OptimizerSpec {
  readonly type: LibraryOptimizer | BroughtOptimizer;
  readonly learningRate: number;
  /** What it takes beside the rate: `warmup`, `norm` … */
  readonly settings?: readonly NamedValue[];
}

/**
 * A loss to be written: one the runtime knows by name, or a helper function that the edit brings
 * along as real source.
 */
export type LossSpec =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'helper'; readonly helper: Helper };

/**
 * A function that an operator inserts right above the builder; `source` is complete, tested code
 * per language family.
 */
export interface Helper {
  readonly name: string;
  readonly source: {
    readonly typescript: string;
    readonly javascript: string;
    /** With `ops` for `keras.ops`. */
    readonly keras?: string;
    /** With `torch` and `F`; a loss takes the prediction first. */
    readonly torch?: string;
  };
}

/**
 * A typed edit of an architecture, in no language. A writer per language turns a list of them into
 * source text. Layer indices refer to the architecture before any edit of the list.
 */
export type ArchitectureEdit =
  | {
      readonly kind: 'setArgument';
      readonly layer: number;
      readonly name: string;
      readonly value: Value;
    }
  | { readonly kind: 'removeArgument'; readonly layer: number; readonly name: string }
  /** Replaces a layer's factory call; the input shape stays when the layer carried it. */
  | { readonly kind: 'replaceLayer'; readonly layer: number; readonly with: LayerSpec }
  /**
   * Inserts layers between `after` and what reads from it; `after: 'input'` puts them in front of
   * the first layer.
   */
  | {
      readonly kind: 'insertLayers';
      readonly after: number | 'input';
      readonly layers: readonly LayerSpec[];
    }
  | { readonly kind: 'removeLayer'; readonly layer: number }
  /**
   * Adds `from`'s output to `to`'s output before what follows reads it. `projection` (if any) is
   * applied to `from`'s output first, so that the shapes agree. A sequential builder is rewritten
   * in functional form.
   */
  | {
      readonly kind: 'addResidual';
      readonly from: number;
      readonly to: number;
      readonly projection: LayerSpec | null;
    }
  /**
   * Runs `layers` on a layer's output, one behind the other, and gives `merge` that output and
   * theirs, in this order, before what follows reads it. A sequential builder is rewritten in
   * functional form.
   */
  | {
      readonly kind: 'addBranch';
      readonly at: number;
      readonly layers: readonly LayerSpec[];
      readonly merge: LayerSpec;
    }
  /**
   * Changes `compile`; where the builder does not compile, writes the call from `optimizer` and
   * `loss` with `fallback` for the part not named.
   */
  | {
      readonly kind: 'setCompile';
      readonly optimizer?: OptimizerSpec;
      readonly loss?: LossSpec;
      readonly fallback: { readonly optimizer: OptimizerSpec; readonly loss: string };
    };

/** A second way from one layer to a later one or the same, where `merge` joins both. */
export interface Branch {
  readonly from: number;
  readonly to: number;
  readonly layers: readonly LayerSpec[];
  readonly merge: LayerSpec;
}

/** An edit that adds a way beside the one there is, as that way. */
export const branchOf = (
  edit: Extract<ArchitectureEdit, { kind: 'addResidual' | 'addBranch' }>,
): Branch =>
  edit.kind === 'addBranch'
    ? { from: edit.at, to: edit.at, layers: edit.layers, merge: edit.merge }
    : {
        from: edit.from,
        to: edit.to,
        layers: edit.projection ? [edit.projection] : [],
        merge: { type: 'add', arguments: [] },
      };
