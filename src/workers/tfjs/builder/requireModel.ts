import type { LayersModel, Tf } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';

/** The model itself, or the first one in what the builder gives: an object, a list. */
export function requireModel(tf: Tf, returned: unknown): LayersModel {
  const isModel = (value: unknown): value is LayersModel => value instanceof tf.LayersModel;
  if (isModel(returned)) return returned;
  const parts = Array.isArray(returned) ? returned : [returned];
  const found = [...parts, ...parts.flatMap(modelsOf)].find(isModel);
  if (found) return found;
  const what = returned === undefined || returned === null ? 'nothing' : `a ${kindOf(returned)}`;
  throw new VariantFault(
    'builder',
    `The builder returned ${what}. Return a tf.LayersModel (tf.sequential(…) or tf.model(…)).`,
  );
}

/** What an object keeps, `model` first. */
function modelsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [Reflect.get(value, 'model'), ...Object.values(value)];
}

const kindOf = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? (value.constructor?.name ?? 'plain object')
    : typeof value;
