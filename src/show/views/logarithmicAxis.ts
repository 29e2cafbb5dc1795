/** Room on either side, as a factor. */
const ROOM = 1.3;

/** The range of a logarithmic axis around positive values. */
export const rangeAround = (values: readonly number[]): [number, number] =>
  values.length === 0 ? [1, 10] : [Math.min(...values) / ROOM, Math.max(...values) * ROOM];

/** Round numbers of such an axis: 1, 2 and 5 of each decade, more where those are few. */
export function roundNumbers(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from(
    { length: Math.floor(Math.log10(high)) - first + 1 },
    (_, index) => first + index,
  );
  const within = (steps: readonly number[]): number[] =>
    decades
      .flatMap((decade) => steps.map((step) => Number(`${step}e${decade}`)))
      .filter((value) => value >= low && value <= high);
  return GRIDS.map(within).find((numbers) => numbers.length >= FEWEST) ?? within(FINEST);
}

/**
 * Those of an axis' numbers that have room for their words, `null` in the place of the others;
 * `placeOf` tells where a number stands, in pixels, and `room` how far from the last one it has to.
 */
export function withRoomBetween(
  numbers: readonly number[],
  placeOf: (value: number) => number,
  room: number,
): (number | null)[] {
  let last = -Infinity;
  return numbers.map((value) => {
    const place = placeOf(value);
    if (place - last < room) return null;
    last = place;
    return value;
  });
}

/** Numbers that an axis needs at least to be read. */
const FEWEST = 3;
const GRIDS = [
  [1, 2, 5],
  [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9],
];
const FINEST = Array.from({ length: 90 }, (_, index) => (10 + index) / 10);
