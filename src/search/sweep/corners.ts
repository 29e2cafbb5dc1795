import type { ChoiceDimension, Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';

/**
 * Where a space begins that nobody knows anything of: all dimensions of the same choices at one of
 * them, one choice after the other.
 */
export function corners(space: Space): readonly Configuration[] {
  const choices = space.dimensions.filter((dimension) => dimension.kind === 'categorical');
  const groups = [...Map.groupBy(choices, (choice) => JSON.stringify(choice.choices)).values()];
  return groups.filter((group) => group.length > 1).flatMap((group) => cornersOf(space, group));
}

const cornersOf = (space: Space, group: readonly ChoiceDimension[]): readonly Configuration[] =>
  (group[0]?.choices ?? []).map((choice) =>
    space.complete(Object.fromEntries(group.map(({ name }) => [name, choice]))),
  );
