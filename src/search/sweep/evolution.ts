import type { Random } from '../../ports/random.ts';
import type { Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';
import { isBefore, type Archive, type Scored } from './archive.ts';

/** How many are drawn to find a parent, and how often there are two. */
const TOURNAMENT = 8;
const CROSSED = 0.3;

/**
 * Regularised evolution (Real et al. 2019, "Regularized Evolution for Image Classifier Architecture
 * Search"): the best of a few of the latest, changed in one or two places; the old die out however
 * good they were.
 */
export function suggestByEvolution(space: Space, archive: Archive, random: Random): Configuration {
  const parent = tournament(archive.recent, random);
  if (!parent) return space.draw(random);
  const other = random.next() < CROSSED ? tournament(archive.recent, random) : undefined;
  const values = other ? crossed(space, [parent.values, other.values], random) : parent.values;
  return space.neighbour(values, random);
}

/** The best of all, changed in one or two places. */
export function suggestNearBest(space: Space, archive: Archive, random: Random): Configuration {
  const place = Math.floor(random.next() ** 2 * Math.min(NEAR, archive.size));
  const near = archive.ranked[place];
  return near ? space.neighbour(near.values, random) : space.draw(random);
}

const NEAR = 4;

function tournament(told: readonly Scored[], random: Random): Scored | undefined {
  const drawn = Array.from(
    { length: Math.min(TOURNAMENT, told.length) },
    () => told[Math.floor(random.next() * told.length)],
  ).filter((one) => one !== undefined);
  return drawn.reduce<Scored | undefined>(
    (best, one) => (best === undefined || isBefore(one, best) ? one : best),
    undefined,
  );
}

const crossed = (
  space: Space,
  [a, b]: readonly [Configuration, Configuration],
  random: Random,
): Configuration =>
  space.complete(
    Object.fromEntries(
      space.dimensions.map((dimension) => [
        dimension.name,
        space.valueOf(random.next() < 0.5 ? a : b, dimension),
      ]),
    ),
  );
