/** Mean and deviation of each of `width` columns. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Fits a scaling on row-major values; a constant column keeps the deviation 1, so that it becomes
 * 0.
 */
export function fitScaling(values: Float32Array, width: number): Scaling {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  values.forEach((value, index) => {
    mean[index % width] = (mean[index % width] ?? 0) + value / rows;
  });
  values.forEach((value, index) => {
    deviation[index % width] =
      (deviation[index % width] ?? 0) + (value - (mean[index % width] ?? 0)) ** 2 / rows;
  });
  return {
    mean,
    deviation: deviation.map((variance) => (variance > 1e-12 ? Math.sqrt(variance) : 1)),
  };
}

/** The values in units of the scaling. */
export const applyScaling = (values: Float32Array, { mean, deviation }: Scaling): Float32Array =>
  values.map(
    (value, index) =>
      (value - (mean[index % mean.length] ?? 0)) / (deviation[index % mean.length] ?? 1),
  );

/** The scaling as plain lists. */
export const plainScaling = ({ mean, deviation }: Scaling): Record<keyof Scaling, number[]> => ({
  mean: [...mean],
  deviation: [...deviation],
});
