import { toDense } from './dense.ts';
import { partsOf, sideBySide } from './sideBySide.ts';
import type { Dense, InputLayout } from './types.ts';

/** Reads inputs: one table, or one for each input of the model, under names or in order. */
export function readInputs(
  value: unknown,
  name: string,
): { readonly inputs: Dense; readonly layout: readonly InputLayout[] } {
  const parts = partsOf(value) ?? [[null, value] as const];
  const read = parts.map(([key, part], index) =>
    withAxis(toDense(part, parts.length === 1 ? name : `${name}.${key ?? index}`)),
  );
  return {
    inputs: sideBySide(read, 'inputs'),
    layout: read.map(({ shape }, index) => ({ name: parts[index]?.[0] ?? null, shape })),
  };
}

/** One number a row is a vector of one. */
const withAxis = (dense: Dense): Dense =>
  dense.shape.length > 0 ? dense : { ...dense, shape: [1] };
