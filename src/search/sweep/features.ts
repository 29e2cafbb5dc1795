import { toUnit, type ChoiceDimension, type Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';

/** A configuration as numbers, the same for all configurations of a space. */
export interface Features {
  /**
   * One a dimension: a number by its place, a choice by its index, -1 where it has none; a number
   * that is not looked at lies in the middle.
   */
  readonly places: readonly number[];
  /** How often each value is taken where several dimensions have the same choices. */
  readonly counts: readonly number[];
}

const MIDDLE = 0.5;
/** What each of two choices adds to their distance: they lie as far apart as a number's ends. */
const CHOICE = Math.SQRT1_2 ** 2;

/** Reads and compares configurations of one space. */
export class FeatureReader {
  readonly #space: Space;
  /** 1 where a dimension is one. */
  readonly #isChoice: Uint8Array;
  /** Dimensions of the same choices. */
  readonly #groups: readonly (readonly ChoiceDimension[])[];
  readonly #read = new WeakMap<Configuration, Features>();

  constructor(space: Space) {
    this.#space = space;
    this.#isChoice = Uint8Array.from(space.dimensions, ({ kind }) =>
      Number(kind === 'categorical'),
    );
    const choices = space.dimensions.filter((dimension) => dimension.kind === 'categorical');
    const alike = Map.groupBy(choices, (choice) => JSON.stringify(choice.choices));
    this.#groups = [...alike.values()].filter((group) => group.length > 1);
  }

  read(values: Configuration): Features {
    const counts = this.#groups.flatMap((group) => countsOf(group, values));
    return { places: this.#placesOf(values), counts };
  }

  /** For what is read again and again. */
  readOnce(values: Configuration): Features {
    const read = this.#read.get(values) ?? this.read(values);
    this.#read.set(values, read);
    return read;
  }

  /** The square of how far two lie apart. */
  distance({ places: a }: Features, { places: b }: Features): number {
    const isChoice = this.#isChoice;
    let distance = 0;
    for (let index = 0; index < a.length; index += 1) {
      const one = a[index] ?? 0;
      const other = b[index] ?? 0;
      if (isChoice[index] === 0) distance += (one - other) * (one - other);
      else if (one !== other) distance = further(distance, one, other);
    }
    return distance;
  }

  #placesOf(values: Configuration): readonly number[] {
    return this.#space.dimensions.map((dimension) => {
      const value = values[dimension.name];
      if (dimension.kind === 'categorical')
        return value === undefined ? -1 : dimension.choices.indexOf(value);
      return value === undefined ? MIDDLE : toUnit(dimension, Number(value));
    });
  }
}

/** A distance with two choices that differ; what is none has no place of its own. */
function further(distance: number, one: number, other: number): number {
  const withOne = one < 0 ? distance : distance + CHOICE;
  return other < 0 ? withOne : withOne + CHOICE;
}

/** What the counts of two have in common. */
export function shared({ counts: a }: Features, { counts: b }: Features): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

const countsOf = (group: readonly ChoiceDimension[], values: Configuration): readonly number[] =>
  (group[0]?.choices ?? []).map(
    (choice) => group.filter(({ name }) => values[name] === choice).length / group.length,
  );
