import { takes, type Configuration, type Dimension, type Value } from './dimension.ts';
import type { Realiser } from './realiser.ts';
import { Space } from './space.ts';

/**
 * The part of a space that can be written into the builder: a value that its language, library or
 * form refuses by itself is left out, and so is a dimension of which nothing else is left. What
 * costs too much stays: beside other changes it may fit.
 */
export function writableOf(space: Space, realiser: Pick<Realiser, 'write'>): Space {
  const kept: Dimension[] = [];
  for (const dimension of space.dimensions) {
    const condition = conditionOf(dimension, kept);
    const canTake = (value: Value): boolean =>
      !('unfit' in realiser.write(space.complete({ ...condition, [dimension.name]: value })));
    const left = condition && leftOf(dimension, canTake);
    if (left) kept.push(left);
  }
  return new Space(kept);
}

/** `null` for nothing. */
function leftOf(dimension: Dimension, canTake: (value: Value) => boolean): Dimension | null {
  if (dimension.kind !== 'categorical')
    return [dimension.low, dimension.high].every(canTake) ? dimension : null;
  const { initial } = dimension;
  const choices = dimension.choices.filter((choice) => choice === initial || canTake(choice));
  return choices.length > 1 ? { ...dimension, choices } : null;
}

/** Under which a dimension is looked at; `null` where none of those before it lets it be. */
export function conditionOf(
  { when }: Dimension,
  before: readonly Dimension[],
): Configuration | null {
  if (!when) return {};
  const other = before.find(({ name }) => name === when.name);
  if (!other) return null;
  const value = when.is.find((each) => takes(other, each));
  return value === undefined ? null : { ...conditionOf(other, before), [when.name]: value };
}
