import { dataWrongForm } from './errors.ts';
import { describe, toDense } from './dense.ts';
import type { Targets } from './types.ts';

/**
 * How much each row counts while it is trained on: `weights` one a row, times what `classWeights`
 * gives its class (by name or number). `null`: all alike.
 */
export function readWeights(
  fields: { readonly weights?: unknown; readonly classWeights?: unknown },
  targets: Targets,
): Float32Array | null {
  const own = fields.weights === undefined ? null : toDense(fields.weights, 'weights');
  if (own && own.values.length !== own.rows)
    throw dataWrongForm('weights', `of shape [${[own.rows, ...own.shape].join(', ')}]`);
  if (own?.values.some((weight) => weight < 0)) throw dataWrongForm('weights', 'below zero');
  const byClass = fields.classWeights === undefined ? null : ofClasses(fields, targets);
  if (!own || !byClass) return own?.values ?? byClass;
  return own.values.map((weight, row) => weight * (byClass[row] ?? 1));
}

function ofClasses(
  { classWeights }: { readonly classWeights?: unknown },
  { values, outputs }: Targets,
): Float32Array {
  const [output, ...others] = outputs;
  if (others.length > 0 || output?.width !== 1 || !output.classes)
    throw dataWrongForm('classWeights', 'given, but the targets are not one class a row');
  if (typeof classWeights !== 'object' || classWeights === null)
    throw dataWrongForm('classWeights', describe(classWeights));
  const weights = output.classes.map((name, place) => {
    const weight: unknown =
      Reflect.get(classWeights, name) ?? Reflect.get(classWeights, place) ?? 1;
    if (typeof weight === 'number' && weight >= 0) return weight;
    throw dataWrongForm(`classWeights.${name}`, describe(weight));
  });
  return values.map((label) => weights[label] ?? 1);
}
