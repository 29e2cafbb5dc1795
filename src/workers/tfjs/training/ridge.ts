import type { Tensor, Tf } from '../tf.ts';

const RIDGE = 1e-6;

/** Outputs of a linear model with a small penalty on its weights. */
export async function ridge(tf: Tf, inputs: Tensor, targets: Tensor): Promise<Tensor> {
  const size = inputs.shape[1] ?? 0;
  const width = targets.shape[1] ?? 0;
  const gram = Float64Array.from(await tf.matMul(inputs, inputs, true).data());
  const right = Float64Array.from(await tf.matMul(inputs, targets, true).data());
  const rows = inputs.shape[0] ?? 1;
  for (let index = 0; index < size; index += 1)
    gram[index * size + index] = at(gram, index * size + index) + RIDGE * rows;
  solve(gram, right, width);
  return tf.tensor2d(Float32Array.from(right), [size, width]);
}

/**
 * Solves `gram · x = right` in place by Cholesky's decomposition; `gram` is symmetric and positive
 * definite.
 */
function solve(gram: Float64Array, right: Float64Array, width: number): void {
  const size = Math.sqrt(gram.length);
  decompose(gram, size);
  for (let unit = 0; unit < width; unit += 1) {
    const column = Float64Array.from({ length: size }, (_, row) => at(right, row * width + unit));
    for (let row = 0; row < size; row += 1)
      column[row] =
        (at(column, row) - sum(0, row, (k) => at(gram, row * size + k) * at(column, k))) /
        at(gram, row * size + row);
    for (let row = size - 1; row >= 0; row -= 1)
      column[row] =
        (at(column, row) - sum(row + 1, size, (k) => at(gram, k * size + row) * at(column, k))) /
        at(gram, row * size + row);
    column.forEach((value, row) => {
      right[row * width + unit] = value;
    });
  }
}

/** Leaves the triangle L with L · Lᵀ = gram in the lower half. */
function decompose(gram: Float64Array, size: number): void {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const rest =
        at(gram, row * size + column) -
        sum(0, column, (k) => at(gram, row * size + k) * at(gram, column * size + k));
      gram[row * size + column] =
        row === column
          ? Math.sqrt(Math.max(rest, Number.EPSILON))
          : rest / at(gram, column * size + column);
    }
  }
}

function sum(from: number, to: number, term: (k: number) => number): number {
  let total = 0;
  for (let k = from; k < to; k += 1) total += term(k);
  return total;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;
