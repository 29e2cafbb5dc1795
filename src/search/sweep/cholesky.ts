/** The lower half of a matrix, row by row. */
export type Triangle = readonly (readonly number[])[];

/** L with L·Lᵀ the symmetric positive definite matrix whose lower half is given. */
export function choleskyOf(matrix: Triangle): Triangle {
  const rows: number[][] = [];
  for (const [i, given] of matrix.entries()) {
    const row: number[] = [];
    for (let j = 0; j <= i; j += 1) row.push(entryOf(given[j] ?? 0, row, { other: rows[j], j }));
    rows.push(row);
  }
  return rows;
}

function entryOf(
  given: number,
  row: readonly number[],
  { other, j }: { readonly other: readonly number[] | undefined; readonly j: number },
): number {
  let sum = given;
  for (let k = 0; k < j; k += 1) sum -= (row[k] ?? 0) * (other?.[k] ?? row[k] ?? 0);
  return other ? sum / (other[j] ?? 1) : Math.sqrt(Math.max(1e-12, sum));
}

/** x with L·x = b. */
export function solveLower(triangle: Triangle, b: readonly number[]): Float64Array {
  const x = new Float64Array(triangle.length);
  for (const [i, row] of triangle.entries()) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (row[k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (row[i] ?? 1);
  }
  return x;
}

/** x with Lᵀ·x = b. */
export function solveUpper(triangle: Triangle, b: Iterable<number>): readonly number[] {
  const x = [...b];
  for (let i = triangle.length - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < triangle.length; k += 1) sum -= (triangle[k]?.[i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (triangle[i]?.[i] ?? 1);
  }
  return x;
}
