import type { DataScales } from '../../../record/dataProfile.ts';
import { fitScaling } from './preprocess.ts';
import type { Part, Targets } from './types.ts';

/**
 * The scales a network meets on a training part: of a single target, and of the features that vary.
 */
export const scalesOf = (
  train: Part,
  { inputShape, targets }: { readonly inputShape: readonly number[]; readonly targets: Targets },
): DataScales => ({
  target: targets.task === 'regression' && targets.units === 1 ? targetScale(train.targets) : null,
  features: featureScales(
    train.inputs,
    inputShape.reduce((product, size) => product * size, 1),
  ),
});

function targetScale(values: Float32Array): DataScales['target'] {
  const { mean, deviation } = fitScaling(values, 1);
  return { mean: mean[0] ?? 0, deviation: deviation[0] ?? 1 };
}

function featureScales(values: Float32Array, width: number): DataScales['features'] {
  const { mean, deviation } = fitScaling(values, width);
  const varying = [...deviation]
    .map((spread, column) => ({ spread, mean: mean[column] ?? 0 }))
    .filter((_, column) => varies(values, column, width));
  if (varying.length === 0) return null;
  return varying.reduce(
    (all, { spread, mean: center }) => ({
      smallest: Math.min(all.smallest, spread),
      largest: Math.max(all.largest, spread),
      offset: Math.max(all.offset, Math.abs(center) / spread),
    }),
    { smallest: Infinity, largest: 0, offset: 0 },
  );
}

/** A constant column has a deviation of 1 by definition; here it says nothing. */
function varies(values: Float32Array, column: number, width: number): boolean {
  const first = values[column];
  for (let index = column + width; index < values.length; index += width)
    if (values[index] !== first) return true;
  return false;
}
