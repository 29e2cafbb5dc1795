import { dataNotANumber, dataWrongForm } from './errors.ts';
import type { Dense } from './types.ts';

/** Where a value stands, for people: `inputs[3][5]`. */
type Name = string;

/**
 * Reads nested arrays, a typed array, `{ values, shape }` (rows first) or a tensor as dense
 * numbers. Refuses ragged rows, a shape that does not fit, and everything that is not a finite
 * number, naming the first place.
 */
export function toDense(value: unknown, name: Name): Dense {
  const flat = flatForm(value);
  if (flat) return fromFlat(flat, name);
  if (!Array.isArray(value)) throw dataWrongForm(name, describe(value));
  return fromNested(value, name);
}

interface Flat {
  readonly values: ArrayLike<unknown>;
  readonly shape: readonly number[];
}

function flatForm(value: unknown): Flat | null {
  if (isNumbers(value)) return { values: value, shape: [value.length] };
  if (
    typeof value !== 'object' ||
    value === null ||
    !('shape' in value) ||
    !Array.isArray(value.shape)
  )
    return null;
  const shape = value.shape as number[];
  if ('values' in value && (isNumbers(value.values) || Array.isArray(value.values)))
    return { values: value.values, shape };
  return 'dataSync' in value && typeof value.dataSync === 'function'
    ? { values: value.dataSync() as ArrayLike<number>, shape }
    : null;
}

/** A typed array of numbers. */
const isNumbers = (value: unknown): value is Float32Array =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

function fromFlat({ values, shape }: Flat, name: Name): Dense {
  const [rows, ...rest] = shape;
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (rows === undefined || size !== values.length)
    throw dataWrongForm(name, `${values.length} numbers under the shape [${shape.join(', ')}]`);
  const width = size / Math.max(rows, 1);
  const numbers = new Float32Array(size);
  for (let index = 0; index < size; index += 1) {
    numbers[index] = finite(
      values[index],
      () => `${name}[${Math.floor(index / width)}]${rest.length > 0 ? `[${index % width}]` : ''}`,
    );
  }
  return { values: numbers, rows, shape: rest };
}

function fromNested(rows: readonly unknown[], name: Name): Dense {
  const shape = shapeOf(rows[0]);
  const width = shape.reduce((product, axis) => product * axis, 1);
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    const rowName = `${name}[${index}]`;
    const written = fill(row, shape, { values, at: index * width, name: rowName });
    if (written !== width) throw dataWrongForm(rowName, `shorter or longer than ${name}[0]`);
  });
  return { values, rows: rows.length, shape };
}

const shapeOf = (row: unknown): readonly number[] => {
  if (isNumbers(row)) return [row.length];
  return Array.isArray(row) ? [row.length, ...shapeOf(row[0])] : [];
};

interface Target {
  readonly values: Float32Array;
  readonly at: number;
  readonly name: Name;
}

/** Writes one nested value and returns how many numbers it held. */
function fill(value: unknown, shape: readonly number[], target: Target): number {
  const [length, ...rest] = shape;
  if (length === undefined) {
    target.values[target.at] = finite(value, () => target.name);
    return 1;
  }
  if (!(Array.isArray(value) || isNumbers(value)) || value.length !== length)
    throw dataWrongForm(target.name, `${describe(value)}, unlike the first row (${length} values)`);
  const items: ArrayLike<unknown> = value;
  let written = 0;
  for (let index = 0; index < length; index += 1) {
    written += fill(items[index], rest, {
      values: target.values,
      at: target.at + written,
      name: `${target.name}[${index}]`,
    });
  }
  return written;
}

function finite(value: unknown, where: () => Name): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return Number(value);
  throw dataNotANumber(where(), describe(value));
}

/** A value in a few words. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'no keys'}`;
  return typeof value === 'function' ? 'a function' : String(value);
}
