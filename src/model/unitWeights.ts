import type { Weight } from './trainedModel.ts';

/** How many units there are, and which of them a row of the next kernel reads from. */
export interface Reading {
  readonly units: number;
  readonly ofRow: (row: number) => number;
}

/** Norm of what comes in, times norm of what goes out, by unit. */
export function importanceOf(
  own: Weight,
  next: Weight,
  { units, ofRow }: Reading,
): readonly number[] {
  const into = new Float64Array(units);
  own.values.forEach((value, index) => {
    into[index % units] = (into[index % units] ?? 0) + value * value;
  });
  const outOf = new Float64Array(units);
  const width = next.shape.at(-1) ?? 1;
  next.values.forEach((value, index) => {
    const unit = ofRow(Math.floor(index / width));
    outOf[unit] = (outOf[unit] ?? 0) + value * value;
  });
  return Array.from(into, (square, unit) => Math.sqrt(square * (outOf[unit] ?? 0)));
}

/** Numbers of those that matter most, in their order. */
export function mostImportant(importance: readonly number[], count: number): readonly number[] {
  const order = importance.map((_, unit) => unit);
  order.sort((a, b) => (importance[b] ?? 0) - (importance[a] ?? 0));
  return order.slice(0, count).sort((a, b) => a - b);
}

/** Keeps entries of the last axis. */
export function alongLast(weight: Weight, kept: readonly number[]): Weight {
  const width = weight.shape.at(-1) ?? 1;
  const rows = weight.values.length / width;
  const values = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row += 1)
    for (const [place, unit] of kept.entries())
      values[row * kept.length + place] = weight.values[row * width + unit] ?? 0;
  return { ...weight, shape: [...weight.shape.slice(0, -1), kept.length], values };
}

/** Keeps what is read from the units that stay. */
export function alongInput(
  weight: Weight,
  kept: readonly number[],
  { units, ofRow }: Reading,
): Weight {
  const width = weight.shape.at(-1) ?? 1;
  const inputs = weight.shape.at(-2) ?? 1;
  const rows = weight.values.length / width;
  const isKept = new Set(kept);
  const chosen = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    isKept.has(ofRow(row)),
  );
  const values = new Float32Array(chosen.length * width);
  for (const [place, row] of chosen.entries())
    values.set(weight.values.subarray(row * width, (row + 1) * width), place * width);
  const narrowed = (inputs / units) * kept.length;
  return { ...weight, shape: [...weight.shape.slice(0, -2), narrowed, width], values };
}
