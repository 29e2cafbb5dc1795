import type { Random } from '../../ports/random.ts';
import {
  fromUnit,
  pick,
  priorWeights,
  toUnit,
  type ChoiceDimension,
  type Configuration,
  type Dimension,
  type NumberDimension,
  type Value,
} from '../space/dimension.ts';
import { normal, type Space } from '../space/space.ts';
import type { Archive, Scored } from './archive.ts';

/** Share of what was told that counts as good, and how many at most. */
const GOOD = { share: 0.15, least: 4, most: 25 } as const;
/** How many of the others are looked at: more tell no more. */
const MOST_OTHERS = 100;
/** How many are drawn from what is good for one suggestion. */
const DRAWS = 24;

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for Hyper-Parameter
 * Optimization"): of what is drawn from the density of good configurations, the one that is
 * likeliest to be good. A dimension that is not looked at says nothing.
 */
export function suggestByDensity(space: Space, archive: Archive, random: Random): Configuration {
  const count = Math.min(GOOD.most, Math.max(GOOD.least, Math.ceil(GOOD.share * archive.size)));
  const good = archive.ranked.slice(0, count).filter(({ score }) => score !== null);
  const others = sampled(archive.ranked.slice(count), MOST_OTHERS);
  const densities = space.dimensions.map((dimension) => ({
    dimension,
    good: densityOf(dimension, valuesIn(dimension, good)),
    others: densityOf(dimension, valuesIn(dimension, others)),
  }));
  const drawn = Array.from({ length: DRAWS }, () =>
    space.complete(
      Object.fromEntries(
        densities.map(({ dimension, good: density }) => [dimension.name, density.draw(random)]),
      ),
    ),
  );
  const worth = (values: Configuration): number =>
    densities.reduce((sum, { dimension, good: likely, others: unlikely }) => {
      const value = values[dimension.name];
      return value === undefined ? sum : sum + likely.log(value) - unlikely.log(value);
    }, 0);
  return best(drawn, worth) ?? space.draw(random);
}

/** How likely the values of one dimension are. */
interface Density {
  log(value: Value): number;
  draw(random: Random): Value;
}

const densityOf = (dimension: Dimension, values: readonly Value[]): Density =>
  dimension.kind === 'categorical'
    ? choiceDensity(dimension, values)
    : numberDensity(dimension, values.map(Number));

function choiceDensity(dimension: ChoiceDimension, values: readonly Value[]): Density {
  const prior = priorWeights(dimension);
  const counts = dimension.choices.map(
    (choice, index) =>
      values.filter((value) => value === choice).length +
      (prior[index] ?? 0) * Math.max(1, Math.sqrt(dimension.choices.length)),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    log: (value) => Math.log((counts[dimension.choices.indexOf(value)] ?? 1e-9) / total),
    draw: (random) => pick(dimension.choices, counts, random),
  };
}

/** Narrowest bell, in shares of the dimension's width. */
const NARROWEST = 0.03;

/** A bell around each value, and an even share for what was never tried. */
function numberDensity(dimension: NumberDimension, values: readonly number[]): Density {
  const places = values.map((value) => toUnit(dimension, value));
  const width = Math.max(NARROWEST, deviationOf(places) * Math.max(1, places.length) ** -0.2);
  const bell = (place: number, at: number): number =>
    Math.exp(-0.5 * ((at - place) / width) ** 2) / (width * Math.sqrt(2 * Math.PI));
  return {
    log(value) {
      const at = toUnit(dimension, Number(value));
      const sum = places.reduce((total, place) => total + bell(place, at), 1);
      return Math.log(sum / (places.length + 1));
    },
    draw(random) {
      const place = places[Math.floor(random.next() * (places.length + 1))];
      return fromUnit(
        dimension,
        place === undefined ? random.next() : within(place, width, random),
      );
    },
  };
}

/** A step from a place that stays between 0 and 1. */
function within(place: number, width: number, random: Random): number {
  const moved = place + width * normal(random);
  const folded = moved < 0 ? -moved : moved > 1 ? 2 - moved : moved;
  return Math.min(1, Math.max(0, folded));
}

function deviationOf(places: readonly number[]): number {
  if (places.length < 2) return 0.25;
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  return Math.sqrt(places.reduce((sum, place) => sum + (place - mean) ** 2, 0) / places.length);
}

const valuesIn = (dimension: Dimension, told: readonly Scored[]): readonly Value[] =>
  told.flatMap(({ values }) => values[dimension.name] ?? []);

/** So many of them, evenly spread. */
const sampled = (told: readonly Scored[], most: number): readonly Scored[] => {
  const step = Math.max(1, told.length / most);
  return Array.from({ length: Math.min(most, told.length) }, (_, index) => index).flatMap(
    (index) => told[Math.floor(index * step)] ?? [],
  );
};

function best<Item>(items: readonly Item[], worth: (item: Item) => number): Item | undefined {
  const rated = items.map((item) => ({ item, worth: worth(item) }));
  return rated.reduce<(typeof rated)[number] | undefined>(
    (top, each) => (top === undefined || each.worth > top.worth ? each : top),
    undefined,
  )?.item;
}
