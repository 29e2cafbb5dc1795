import type { ChainLayer } from './chain.ts';
import type { TrainedModel, Weight } from './trainedModel.ts';

const BY_RANK: Readonly<Record<number, string>> = { 2: 'Dense', 3: 'Conv1D', 4: 'Conv2D' };

/**
 * A module's layers in the order of its `state_dict`, their kernels laid out as Keras has them
 * (…, inputs, outputs). That each reads from the one before is taken for granted: whether the
 * numbers fit shows when they are cut, what it cost when it is trained on.
 */
export function layersInOrder({ weights }: TrainedModel): readonly ChainLayer[] {
  const names = [...new Set(weights.map(({ name }) => ownerOf(name)))];
  return names.map((name) => {
    const own = weights.filter((weight) => ownerOf(weight.name) === name);
    return { name, className: classOf(own), weights: own.map(asInKeras) };
  });
}

/** PyTorch has (outputs, inputs, …). */
export const asInKeras = (weight: Weight): Weight =>
  permuted(weight, (axes) => [...axes.slice(2), ...axes.slice(0, 2).reverse()]);

/** The way back. */
export const asInTorch = (weight: Weight): Weight =>
  permuted(weight, (axes) => [...axes.slice(-2).reverse(), ...axes.slice(0, -2)]);

const ownerOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
const partOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function classOf(weights: readonly Weight[]): string {
  const parts = weights.map(({ name }) => partOf(name));
  if (parts.includes('running_mean')) return 'BatchNormalization';
  const isPlain = parts.every((part) => part === 'weight' || part === 'bias');
  return (isPlain && BY_RANK[weights[0]?.shape.length ?? 0]) || 'unknown';
}

/** `order`: of the axes, by their places now. */
function permuted(weight: Weight, order: (axes: readonly number[]) => readonly number[]): Weight {
  const { shape, values } = weight;
  if (shape.length < 2) return weight;
  const axes = order(shape.map((_, axis) => axis));
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const moved = axes.map((axis) => shape[axis] ?? 1);
  const next = values.map((_, place) => values[placeIn(place, moved, axes, strides)] ?? 0);
  return { ...weight, shape: moved, values: next };
}

function placeIn(
  place: number,
  moved: readonly number[],
  axes: readonly number[],
  strides: readonly number[],
): number {
  let [rest, at] = [place, 0];
  for (let axis = moved.length - 1; axis >= 0; axis -= 1) {
    const length = moved[axis] ?? 1;
    at += (rest % length) * (strides[axes[axis] ?? 0] ?? 0);
    rest = Math.floor(rest / length);
  }
  return at;
}
