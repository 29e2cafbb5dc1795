import { dataMalformedFile } from '../errors.ts';

/** An array that NumPy saved. */
export interface NumpyArray {
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

type Read = (view: DataView, at: number, little: boolean) => number;

/** How a number of each kind is read, and how many bytes it takes. */
const KINDS: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  b1: [1, (view, at) => view.getUint8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i1: [1, (view, at) => view.getInt8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

/** Behind the magic word: version (two bytes), the length of the header, the header. */
const MAGIC = '\u0093NUMPY';

/**
 * Reads one `.npy` array of numbers or booleans, in C or Fortran order. Source: NumPy's format 1.0
 * and 2.0 (numpy.lib.format).
 */
export function readNpy(bytes: Uint8Array, name: string): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== MAGIC)
    throw notReadable(name, 'it is no .npy array');
  const isFirst = view.getUint8(6) === 1;
  const start = isFirst ? 10 : 12;
  const end = start + (isFirst ? view.getUint16(8, true) : view.getUint32(8, true));
  const { kind, little, isFortran, shape } = headerIn(bytes.subarray(start, end), name);
  const [size, read] = KINDS[kind] ?? [];
  if (!size || !read) throw notReadable(name, `its numbers are of the kind ${kind}`);
  const count = shape.reduce((product, axis) => product * axis, 1);
  const values = Float64Array.from({ length: count }, (_, index) =>
    read(view, end + index * size, little),
  );
  return { values: isFortran ? inRows(values, shape) : values, shape };
}

function headerIn(
  bytes: Uint8Array,
  name: string,
): { kind: string; little: boolean; isFortran: boolean; shape: readonly number[] } {
  const text = Buffer.from(bytes).toString('latin1');
  const [, order, kind] = /'descr':\s*'([<>|=])(\w+)'/.exec(text) ?? [];
  const [, shape] = /'shape':\s*\(([^)]*)\)/.exec(text) ?? [];
  if (kind === undefined || shape === undefined)
    throw notReadable(name, 'it does not hold plain numbers');
  return {
    kind,
    little: order !== '>',
    isFortran: /'fortran_order':\s*True/.test(text),
    shape: (shape.match(/\d+/g) ?? []).map(Number),
  };
}

/** From columns first to rows first. */
function inRows(values: Float64Array, shape: readonly number[]): Float64Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  return Float64Array.from(values, (_, index) => {
    let rest = index;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const length = shape[axis] ?? 1;
      at += (rest % length) * (strides[axis] ?? 1);
      rest = Math.floor(rest / length);
    }
    return values[at] ?? 0;
  });
}

const notReadable = (name: string, happened: string): Error =>
  dataMalformedFile(name, {
    happened,
    expected: 'an array of numbers or booleans, saved by np.savez.',
  });
