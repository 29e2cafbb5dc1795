const rows = 240;
const numbers = Array.from({ length: rows }, (_, row) => row);
const user = numbers.map((n) => [Math.sin(n), Math.cos(3 * n), (n % 7) / 7]);
const item = numbers.map((n) => [(n % 5) / 5, Math.sin(2 * n)]);

/** Users beside items; a number and one of two kinds are to be told. */
export function loadData() {
  return {
    inputs: {
      user: { values: Float32Array.from(user.flat()), shape: [rows, 3] },
      item: { values: Float32Array.from(item.flat()), shape: [rows, 2] },
    },
    targets: {
      rating: numbers.map((n) => [(user[n]?.[0] ?? 0) + (item[n]?.[1] ?? 0)]),
      kind: user.map(([, cosine = 0]) => (cosine > 0 ? 'up' : 'down')),
    },
  };
}
