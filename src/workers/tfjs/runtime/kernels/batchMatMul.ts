import type { Tensor } from '../../tf.ts';
import type { ComposedKernel } from './kernel.ts';

/**
 * A product of matrices, transposed before rather than while they are multiplied: tfjs-backend-wasm
 * 4.22 has a fast product, but only for two plain matrices; both gradients of a dense layer
 * transpose one, which made them about ten times slower.
 */
export const batchMatMul: ComposedKernel = {
  name: 'BatchMatMul',
  compute: (tf, inputs, attributes, original) => {
    const { a, b } = inputs as { a: Tensor; b: Tensor };
    if (!isMatrix(a) || !isMatrix(b)) return original(inputs, attributes);
    const turned = (matrix: Tensor, transpose: unknown): Tensor =>
      transpose === true ? tf.transpose(matrix, lastTwoExchanged(matrix.rank)) : matrix;
    return original(
      { a: turned(a, attributes.transposeA), b: turned(b, attributes.transposeB) },
      { transposeA: false, transposeB: false },
    );
  },
};

const isMatrix = ({ shape }: Tensor): boolean => shape.slice(0, -2).every((size) => size === 1);

const lastTwoExchanged = (rank: number): number[] => [
  ...Array(rank - 2).keys(),
  rank - 1,
  rank - 2,
];
