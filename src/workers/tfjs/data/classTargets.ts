import { dataWrongForm } from './errors.ts';
import { sizeOf, type Dense, type OutputLayout } from './types.ts';

/** The targets of one output. */
export interface ReadOutput {
  readonly values: Float32Array;
  readonly rows: number;
  readonly output: OutputLayout;
}

/** Every list along the last axis, of two or more, holds a single 1 among zeros. */
export function isOneHot({ values, shape, rows }: Dense): boolean {
  const width = shape.at(-1) ?? 1;
  if (width < 2 || rows === 0) return false;
  for (let at = 0; at < values.length; at += width)
    if (hotOf(values.subarray(at, at + width)) < 0) return false;
  return true;
}

/** The place of the only 1; −1 where it is not one-hot. */
function hotOf(row: Float32Array): number {
  let place = -1;
  for (const [index, value] of row.entries()) {
    if (value === 0) continue;
    if (value !== 1 || place >= 0) return -1;
    place = index;
  }
  return place;
}

/**
 * Classes as one-hot lists, or as class numbers at every place of a shape (a sequence's next word
 * at each step). Throws an `input` error for everything else.
 */
export function classTargets(
  dense: Dense,
  { name, classes }: { readonly name: string; readonly classes: number | null },
): ReadOutput {
  const { values, shape, rows } = dense;
  if (isOneHot(dense)) return oneHotTargets(dense);
  if (!values.every((value) => Number.isInteger(value) && value >= 0))
    throw dataWrongForm(name, `of ${sizeOf(shape)} numbers a row that are not one-hot`);
  const places = shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  const most = values.reduce((largest, value) => Math.max(largest, value), 0) + 1;
  return numbered(values, { rows, places, units: Math.max(most, classes ?? 0) });
}

function oneHotTargets({ values, shape, rows }: Dense): ReadOutput {
  const units = shape.at(-1) ?? 1;
  const labels = Float32Array.from({ length: values.length / units }, (_, index) =>
    hotOf(values.subarray(index * units, (index + 1) * units)),
  );
  return numbered(labels, { rows, places: shape.slice(0, -1), units });
}

interface Numbered {
  readonly rows: number;
  readonly places: readonly number[];
  readonly units: number;
}

const numbered = (values: Float32Array, { rows, places, units }: Numbered): ReadOutput => ({
  values,
  rows,
  output: {
    name: null,
    task: 'classification',
    shape: [...places, units],
    units,
    width: sizeOf(places),
    classes: Array.from({ length: units }, (_, index) => String(index)),
  },
});
