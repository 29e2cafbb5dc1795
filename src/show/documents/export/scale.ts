/** Values to pixels, and the ticks between. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From values to places on the page, rounded to a tenth; four even ticks. */
export function scale(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const span = high - low || 1;
  return {
    at: (value) =>
      Math.round((from + (high === low ? 0.5 : (value - low) / span) * (to - from)) * 10) / 10,
    ticks: high === low ? [low] : [0, 1, 2, 3, 4].map((step) => low + (span * step) / 4),
  };
}
