import type { LayersModel, Tensor } from '../tf.ts';

/** A weight as TensorFlow.js keeps it. */
interface Variable {
  trainable: boolean;
  read(): Tensor;
}

/** A model, or one within it: frozen as a whole it hides its weights behind the others. */
interface Container {
  trainable: boolean;
  readonly layers: readonly object[];
  readonly weights: readonly unknown[];
}

/**
 * All weights in the order of the same model with nothing frozen, which is that of a model put
 * together again, and the places of those that were frozen one by one.
 */
export function unfrozenWeights(model: LayersModel): {
  readonly tensors: readonly Tensor[];
  readonly frozen: readonly number[];
} {
  const was = new Map(variablesOf(model).map((weight) => [weight, weight.trainable]));
  const closed = containersIn(model).filter(({ trainable }) => !trainable);
  for (const container of closed) container.trainable = true;
  for (const weight of was.keys()) weight.trainable = true;
  const weights = variablesOf(model);
  for (const container of closed) container.trainable = false;
  for (const [weight, trainable] of was) weight.trainable = trainable;
  return {
    tensors: weights.map((weight) => weight.read()),
    frozen: weights.flatMap((weight, place) => (was.get(weight) === false ? [place] : [])),
  };
}

/** Freezes weights by their places in a model with nothing frozen yet. */
export function freeze(model: LayersModel, frozen: readonly number[]): void {
  const weights = variablesOf(model);
  for (const place of frozen) {
    const weight = weights[place];
    if (weight) weight.trainable = false;
  }
}

const variablesOf = ({ weights }: LayersModel): readonly Variable[] =>
  weights as unknown as readonly Variable[];

function containersIn(model: object): readonly Container[] {
  if (!('layers' in model) || !Array.isArray(model.layers)) return [];
  const container = model as Container;
  return [container, ...container.layers.flatMap(containersIn)];
}
