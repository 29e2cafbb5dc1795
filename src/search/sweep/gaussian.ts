import { errorFunction, probit } from 'simple-statistics';
import type { Random } from '../../ports/random.ts';
import type { Configuration } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';
import type { Archive, Scored } from './archive.ts';
import { choleskyOf, solveLower, solveUpper, type Triangle } from './cholesky.ts';
import { featureReader, type Features } from './features.ts';

/** As many of the best, and of the latest, are looked at: the work grows with their cube. */
const MOST = 50;
const LEAST = 5;
/** Configurations that are weighed for one suggestion: near the best, and by chance. */
const NEAR = 100;
const BY_CHANCE = 100;
const NOISE = 0.05;

/** What a covariance is made of: how far alike reaches, and the part of plain counts. */
interface Kernel {
  readonly reach: number;
  readonly linear: number;
}

const KERNELS: readonly Kernel[] = [0.7, 1.4, 2.8].flatMap((reach) =>
  [0, 1].map((linear) => ({ reach, linear })),
);

/**
 * A Gaussian process over the mixed vector with expected improvement (Jones et al. 1998, "Efficient
 * Global Optimization"), on ranks: runs of all lengths stand in one order, so that all of them
 * teach. The kernel is the likeliest of a few; what was tried is left out.
 */
export function suggestByProcess(
  space: Space,
  archive: Archive,
  {
    random,
    isSeen,
  }: { readonly random: Random; readonly isSeen: (values: Configuration) => boolean },
): Configuration {
  if (archive.size < LEAST) return space.draw(random);
  const read = featureReader(space);
  const known = knownOf(archive);
  const process = likeliest(
    known.map(({ values }) => read(values)),
    normalScores(known, archive),
  );
  const best = Math.min(...process.targets);
  const worth = (values: Configuration): number =>
    expectedImprovement(predict(process, read(values)), best);
  const rated = candidates(space, archive, random)
    .filter((values) => !isSeen(values))
    .map((values) => ({ values, worth: worth(values) }));
  const [first] = rated.toSorted((a, b) => b.worth - a.worth);
  return first?.values ?? space.draw(random);
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

interface Process {
  readonly kernel: Kernel;
  readonly inputs: readonly Features[];
  readonly targets: readonly number[];
  readonly triangle: Triangle;
  readonly weights: readonly number[];
}

function likeliest(inputs: readonly Features[], targets: readonly number[]): Process {
  const apart = inputs.map((a, i) => inputs.slice(0, i + 1).map((b) => apartness(a, b)));
  const fitted = KERNELS.map((kernel) => fit(kernel, apart, { inputs, targets }));
  return fitted.reduce((top, each) => (each.likelihood > top.likelihood ? each : top));
}

function fit(
  kernel: Kernel,
  apart: readonly (readonly Apartness[])[],
  { inputs, targets }: Pick<Process, 'inputs' | 'targets'>,
): Process & { readonly likelihood: number } {
  const matrix = apart.map((row, i) =>
    row.map((pair, j) => covariance(kernel, pair) + (i === j ? NOISE : 0)),
  );
  const triangle = choleskyOf(matrix);
  const weights = solveUpper(triangle, solveLower(triangle, targets));
  const likelihood =
    -0.5 * targets.reduce((sum, target, index) => sum + target * (weights[index] ?? 0), 0) -
    triangle.reduce((sum, row, index) => sum + Math.log(row[index] ?? 1), 0);
  return { kernel, inputs, targets, triangle, weights, likelihood };
}

/** How far apart two configurations are, whatever the kernel. */
interface Apartness {
  readonly distance: number;
  readonly counts: number;
}

function apartness(a: Features, b: Features): Apartness {
  let distance = 0;
  for (let index = 0; index < a.places.length; index += 1)
    distance += ((a.places[index] ?? 0) - (b.places[index] ?? 0)) ** 2;
  let counts = 0;
  for (let index = 0; index < a.counts.length; index += 1)
    counts += (a.counts[index] ?? 0) * (b.counts[index] ?? 0);
  return { distance, counts };
}

const covariance = ({ reach, linear }: Kernel, { distance, counts }: Apartness): number =>
  Math.exp(-distance / (2 * reach * reach)) + linear * counts;

function predict(
  { kernel, inputs, triangle, weights }: Process,
  at: Features,
): { readonly mean: number; readonly deviation: number } {
  const shared = inputs.map((input) => covariance(kernel, apartness(input, at)));
  const mean = shared.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
  const explained = solveLower(triangle, shared).reduce((sum, value) => sum + value * value, 0);
  const variance = Math.max(1e-9, covariance(kernel, apartness(at, at)) - explained);
  return { mean, deviation: Math.sqrt(variance) };
}

function expectedImprovement(
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
  best: number,
): number {
  const z = (best - mean) / deviation;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  return deviation * (z * ((1 + errorFunction(z / Math.SQRT2)) / 2) + density);
}
