import { dataWrongShape } from './errors.ts';
import { sizeOf, type Dense } from './types.ts';

/** The parts of a value that holds several: under names, or tensors in order. */
export type NamedParts = readonly (readonly [name: string | null, part: unknown])[];

/**
 * `{ user: …, item: … }` and `[tensor, tensor]` are one part for each input or output of the model;
 * `null` for everything that is one table.
 */
export function partsOf(value: unknown): NamedParts | null {
  if (Array.isArray(value))
    return value.length > 1 && value.every(isTable) ? value.map((part) => [null, part]) : null;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return null;
  return 'shape' in value || isTable(value) ? null : Object.entries(value);
}

/** A tensor, or `{ values, shape }`. */
const isTable = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (('dataSync' in value && typeof value.dataSync === 'function') ||
    ('values' in value && 'shape' in value));

/** Several tables of as many rows as one: what belongs to a row stands together. */
export function sideBySide(parts: readonly Dense[], what: string): Dense {
  const [first] = parts;
  if (!first) throw new Error('No parts.');
  if (parts.length === 1) return first;
  const odd = parts.find(({ rows }) => rows !== first.rows);
  if (odd)
    throw dataWrongShape(
      `Among the ${what} one has ${first.rows} rows and another ${odd.rows}.`,
      'as many rows in each.',
    );
  return { values: joined(parts, first.rows), rows: first.rows, shape: [widthOf(parts)] };
}

const widthOf = (parts: readonly Dense[]): number =>
  parts.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

function joined(parts: readonly Dense[], rows: number): Float32Array {
  const width = widthOf(parts);
  const values = new Float32Array(rows * width);
  let from = 0;
  for (const part of parts) {
    const own = sizeOf(part.shape);
    for (let row = 0; row < rows; row += 1)
      values.set(part.values.subarray(row * own, (row + 1) * own), row * width + from);
    from += own;
  }
  return values;
}

/** Columns `from` to `from + width` of rows of `all` numbers each. */
export function columns(
  values: Float32Array,
  { all, from, width }: { readonly all: number; readonly from: number; readonly width: number },
): Float32Array {
  if (all === width) return values;
  const rows = values.length / all;
  const picked = new Float32Array(rows * width);
  for (let row = 0; row < rows; row += 1)
    picked.set(values.subarray(row * all + from, row * all + from + width), row * width);
  return picked;
}
