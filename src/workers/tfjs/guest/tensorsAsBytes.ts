import type { FromGuest } from '../../../execution/protocol.ts';
import type { Tensor, Tf } from '../tf.ts';

type ArrayOf = Extract<FromGuest, { type: 'outputs' }>['outputs'][number];

/** Arrays as a message names them, and the bytes behind it. */
export interface Arrays {
  readonly arrays: readonly ArrayOf[];
  readonly bytes: Uint8Array;
}

const BYTES: Readonly<Record<ArrayOf['dtype'], number>> = { float32: 4, int32: 4, bool: 1 };

/** The values of tensors, one after the other. */
export async function toBytes(tensors: readonly Tensor[]): Promise<Arrays> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  return {
    arrays: tensors.map(({ shape, dtype }) => ({ shape, dtype: dtype as ArrayOf['dtype'] })),
    bytes: Buffer.concat(
      values.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength)),
    ),
  };
}

/** Numbers that are no tensors, as one row each. */
export const numbersToBytes = (all: readonly (Float32Array | Int32Array)[]): Arrays => ({
  arrays: all.map((each) => ({
    shape: [each.length],
    dtype: each instanceof Int32Array ? 'int32' : 'float32',
  })),
  bytes: Buffer.concat(
    all.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength)),
  ),
});

/** The numbers of each array; throws where the bytes are too few. */
export function numbersOf({ arrays, bytes }: Arrays): readonly (Float32Array | Int32Array)[] {
  const { buffer } = new Uint8Array(bytes);
  let at = 0;
  return arrays.map(({ shape, dtype }) => {
    const length = shape.reduce((product, axis) => product * axis, 1);
    const from = at;
    at += length * BYTES[dtype];
    if (dtype === 'bool') return Int32Array.from(new Uint8Array(buffer, from, length));
    return dtype === 'int32'
      ? new Int32Array(buffer, from, length)
      : new Float32Array(buffer, from, length);
  });
}

/** The tensors again. */
export const toTensors = (tf: Tf, { arrays, bytes }: Arrays): readonly Tensor[] =>
  numbersOf({ arrays, bytes }).map((values, at) =>
    tf.tensor(values, [...(arrays[at]?.shape ?? [])], arrays[at]?.dtype ?? 'float32'),
  );
