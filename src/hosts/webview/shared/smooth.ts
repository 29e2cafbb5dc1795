type Values = readonly (number | null)[];

/**
 * Exponential moving average with its start corrected, so that the first values are not drawn to
 * zero; `weight` 0 leaves all as it is.
 */
export function smooth(values: Values, weight: number): Values {
  if (weight === 0) return values;
  let [sum, count] = [0, 0];
  return values.map((value) => {
    if (value === null) return null;
    sum = sum * weight + value * (1 - weight);
    count = count * weight + (1 - weight);
    return sum / count;
  });
}

/** Values that a logarithmic axis can show; the others become gaps. */
export const positive = (values: Values): Values =>
  values.map((value) => (value !== null && value > 0 ? value : null));
