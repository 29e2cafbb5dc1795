import type { DataScales } from '../../../record/dataProfile.ts';
import { fitScaling } from './preprocess.ts';
import { structureOf } from './structure.ts';
import { inputWidth, type InputLayout, type OutputLayout, type Part } from './types.ts';

/**
 * The scales a network meets on a training part: of a single target, and of the features that vary.
 */
export function scalesOf(
  train: Part,
  {
    layout,
    outputs,
  }: { readonly layout: readonly InputLayout[]; readonly outputs: readonly OutputLayout[] },
): DataScales {
  const [only, ...others] = outputs;
  const isNumber = others.length === 0 && only?.task === 'regression' && only.units === 1;
  const width = inputWidth(layout);
  return {
    target: isNumber ? targetScale(train.targets) : null,
    features: featureScales(train.inputs, width),
    ...(isNumber && { structure: structureOf(train, width) }),
  };
}

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
