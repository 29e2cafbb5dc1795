import { toUnit, type ChoiceDimension, type Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';

/** A configuration as numbers, the same for all configurations of a space. */
export interface Features {
  /** Numbers by their place, choices one by one; what is not looked at lies in the middle. */
  readonly places: Float64Array;
  /** How often each value is taken where several dimensions have the same choices. */
  readonly counts: readonly number[];
}

const MIDDLE = 0.5;
/** Two choices lie as far apart as the two ends of a number. */
const CHOICE = Math.SQRT1_2;

/** Reads configurations of one space. */
export function featureReader(space: Space): (values: Configuration) => Features {
  const choices = space.dimensions.filter((dimension) => dimension.kind === 'categorical');
  const alike = [...Map.groupBy(choices, (choice) => JSON.stringify(choice.choices)).values()];
  const groups = alike.filter((group) => group.length > 1);
  return (values) => ({
    places: Float64Array.from(
      space.dimensions.flatMap((dimension) => {
        const value = values[dimension.name];
        if (dimension.kind === 'categorical')
          return dimension.choices.map((choice) => (choice === value ? CHOICE : 0));
        return [value === undefined ? MIDDLE : toUnit(dimension, Number(value))];
      }),
    ),
    counts: groups.flatMap((group) => countsOf(group, values)),
  });
}

const countsOf = (group: readonly ChoiceDimension[], values: Configuration): readonly number[] =>
  (group[0]?.choices ?? []).map(
    (choice) => group.filter(({ name }) => values[name] === choice).length / group.length,
  );
