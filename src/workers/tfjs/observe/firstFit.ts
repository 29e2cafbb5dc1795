import type { Dataset, LayersModel, Tensor, Tf } from '../tf.ts';

type Tensors = Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;

/** What `fit` and `fitDataset` take that says how a model is trained. */
export interface FitArguments {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly batchesPerEpoch?: number;
  readonly validationBatches?: number;
  readonly validationSplit?: number;
  readonly validationData?: readonly Tensors[] | Dataset;
  readonly classWeight?: Readonly<Record<string, unknown>>;
  readonly callbacks?: unknown;
}

/** A script's call of `fit`, or of `fitDataset`. */
export type FitCall = { readonly model: LayersModel; readonly given: FitArguments } & (
  | { readonly kind: 'tensors'; readonly x: Tensors; readonly y: Tensors }
  | { readonly kind: 'dataset'; readonly dataset: Dataset }
);

/**
 * Resolves with the first model that is fitted from here on, and what with. No `fit` ever comes to
 * its end: the script stands still there.
 */
export function firstFit({ LayersModel }: Tf): Promise<FitCall> {
  return new Promise((resolve) => {
    const standStill = (call: FitCall): Promise<never> => {
      resolve(call);
      return new Promise(() => undefined);
    };
    Object.assign(LayersModel.prototype, {
      fit(this: LayersModel, x: Tensors, y: Tensors, given: FitArguments = {}) {
        return standStill({ kind: 'tensors', model: this, x, y, given });
      },
      fitDataset(this: LayersModel, dataset: Dataset, given: FitArguments = {}) {
        return standStill({ kind: 'dataset', model: this, dataset, given });
      },
    });
  });
}
