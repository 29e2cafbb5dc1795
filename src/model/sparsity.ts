import type { TrainedModel, Weight } from './trainedModel.ts';

/** Of the epochs; in the others no more is taken away, and what is left learns to do without. */
const RAMP = 2 / 3;

/**
 * Share of each kernel that is zero in an epoch (0-based, of `epochs`): much at first, little in
 * the end, by the cubic schedule of Zhu and Gupta (2017), "To prune, or not to prune: exploring the
 * efficacy of pruning for model compression".
 */
export function shareAt(epoch: number, epochs: number, final: number): number {
  const steps = Math.max(1, Math.ceil(RAMP * epochs));
  const left = Math.max(0, 1 - (epoch + 1) / steps);
  return final * (1 - left ** 3);
}

/** 1 for each number that stays, 0 for the share of them that is closest to zero. */
export function keptOf(values: Float32Array, share: number): Float32Array {
  const count = Math.floor(share * values.length);
  const sizes = values.map(Math.abs).sort();
  const largest = count === 0 ? -1 : (sizes[count - 1] ?? -1);
  return values.map((value) => (Math.abs(value) > largest ? 1 : 0));
}

/** The model without that share of each of its kernels, before anything is trained again. */
export const zeroed = (model: TrainedModel, share: number): TrainedModel => ({
  ...model,
  weights: model.weights.map((weight) => (isKernel(weight) ? without(weight, share) : weight)),
});

/** Share of all numbers of the model that are zero. */
export function zerosIn({ weights }: TrainedModel): number {
  const [count, zeros] = weights.reduce(
    ([all, none], { values }) => [
      all + values.length,
      none + values.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0),
    ],
    [0, 0],
  );
  return count === 0 ? 0 : zeros / count;
}

/** What is taken away from: biases and what normalises are few and matter much. */
const isKernel = ({ shape, dtype }: Weight): boolean => shape.length > 1 && dtype === 'float32';

function without(weight: Weight, share: number): Weight {
  const kept = keptOf(weight.values, share);
  return { ...weight, values: weight.values.map((value, index) => value * (kept[index] ?? 0) + 0) };
}
