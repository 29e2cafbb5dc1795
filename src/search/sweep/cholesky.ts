/** A square matrix row by row, of which the lower half counts. */
export interface Triangle {
  readonly size: number;
  readonly cells: Float64Array;
}

/** A triangle by what stands in each cell, whose column is never behind its row. */
export function triangleOf(size: number, cell: (row: number, column: number) => number): Triangle {
  const cells = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) cells[row * size + column] = cell(row, column);
  return { size, cells };
}

/** L with L·Lᵀ the symmetric positive definite matrix whose lower half is given. */
export function choleskyOf({ size, cells: given }: Triangle): Triangle {
  const cells = given.slice();
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const sum = left(cells, row * size, column * size, column);
      cells[row * size + column] = sum / (cells[column * size + column] ?? 1);
    }
    const sum = left(cells, row * size, row * size, row);
    cells[row * size + row] = Math.sqrt(Math.max(1e-12, sum));
  }
  return { size, cells };
}

/** What of an entry the columns before it do not explain; rows are given by where they begin. */
function left(cells: Float64Array, row: number, other: number, column: number): number {
  let sum = cells[row + column] ?? 0;
  for (let k = 0; k < column; k += 1) sum -= (cells[row + k] ?? 0) * (cells[other + k] ?? 0);
  return sum;
}

/** x with L·x = b. */
export function solveLower({ size, cells }: Triangle, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (cells[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (cells[i * size + i] ?? 1);
  }
  return x;
}

/** x with Lᵀ·x = b. */
export function solveUpper({ size, cells }: Triangle, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < size; k += 1) sum -= (cells[k * size + i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (cells[i * size + i] ?? 1);
  }
  return x;
}
