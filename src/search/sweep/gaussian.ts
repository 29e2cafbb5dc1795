import { errorFunction, probit } from 'simple-statistics';
import type { Random } from '../../ports/random.ts';
import type { Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';
import type { Archive, Scored } from './archive.ts';
import { FeatureReader } from './features.ts';
import { GaussianProcess } from './process.ts';

/** As many of the best, and of the latest, are looked at: the work grows with their cube. */
const MOST = 50;
const LEAST = 5;
/** Configurations that are weighed for one suggestion: near the best, and by chance. */
const NEAR = 100;
const BY_CHANCE = 100;

/**
 * A Gaussian process over the mixed vector with expected improvement (Jones et al. 1998, "Efficient
 * Global Optimization"), on ranks: runs of all lengths stand in one order, so that all of them
 * teach. The kernel is the likeliest of a few; what was tried is left out.
 */
export function processOf(
  space: Space,
  {
    random,
    isSeen,
  }: { readonly random: Random; readonly isSeen: (values: Configuration) => boolean },
): (archive: Archive) => Configuration {
  const reader = new FeatureReader(space);
  return (archive) => {
    if (archive.size < LEAST) return space.draw(random);
    const isNew = (values: Configuration): boolean => !isSeen(values);
    const open = candidates(space, archive, random).filter(isNew);
    return mostPromising(open, reader, archive) ?? space.draw(random);
  };
}

/** The first of those with most to expect; who cannot be it is not looked at any closer. */
function mostPromising(
  open: readonly Configuration[],
  reader: FeatureReader,
  archive: Archive,
): Configuration | undefined {
  const known = knownOf(archive);
  const targets = normalScores(known, archive);
  const inputs = known.map(({ values }) => reader.readOnce(values));
  const process = new GaussianProcess(reader, { inputs, targets });
  const best = Math.min(...targets);
  let most = -Infinity;
  let first: Configuration | undefined;
  for (const values of open) {
    const { mean, mostDeviation, deviation } = process.predict(reader.read(values));
    if (expectedImprovement({ mean, deviation: mostDeviation }, best) <= most) continue;
    const worth = expectedImprovement({ mean, deviation: deviation() }, best);
    if (worth <= most) continue;
    [most, first] = [worth, values];
  }
  return first;
}

function candidates(space: Space, archive: Archive, random: Random): readonly Configuration[] {
  const near = Array.from({ length: NEAR }, (_, index) => {
    const parent = archive.ranked[index % Math.min(5, archive.size)];
    return parent ? space.neighbour(parent.values, random) : space.draw(random);
  });
  return [...near, ...Array.from({ length: BY_CHANCE }, () => space.draw(random))];
}

const knownOf = ({ ranked, recent }: Archive): readonly Scored[] => [
  ...new Set([...ranked.slice(0, MOST), ...recent.slice(-MOST)]),
];

/** Ranks among all as a standard normal has them; the best is the least. */
const normalScores = (known: readonly Scored[], { ranked }: Archive): readonly number[] =>
  known.map((told) => probit((ranked.indexOf(told) + 0.5) / ranked.length));

function expectedImprovement(
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
  best: number,
): number {
  const z = (best - mean) / deviation;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  return deviation * (z * ((1 + errorFunction(z / Math.SQRT2)) / 2) + density);
}
