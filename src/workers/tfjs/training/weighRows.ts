import type { LayersModel, Tensor } from '../tf.ts';

type Standardize = (...args: unknown[]) => Promise<[Tensor[], Tensor[], Tensor[] | null]>;

/**
 * Makes each row count by its weight while the model is fitted. TensorFlow.js multiplies losses by
 * sample weights where it is given some, but its `fit` takes none by that name yet: they come in
 * where it puts its inputs into form.
 */
export function weighRows(model: LayersModel, weights: Tensor): void {
  const fitted = innermost(model) as unknown as { standardizeUserData: Standardize };
  const original = fitted.standardizeUserData;
  const outputs = (fitted as unknown as LayersModel).outputs.length;
  fitted.standardizeUserData = async (...args: unknown[]) => {
    const [inputs, targets] = await original.apply(fitted, args);
    return [inputs, targets, Array.from({ length: outputs }, () => weights.clone())];
  };
}

/** A sequential model trains the functional one it keeps. */
function innermost(model: LayersModel): LayersModel {
  const { model: inner } = model as unknown as { model?: LayersModel };
  return inner && inner !== model ? innermost(inner) : model;
}
