import { kmeans } from 'ml-kmeans';
import { PCA } from 'ml-pca';
import { UMAP } from 'umap-js';
import { seededRandom } from '../../util/seededRandom.ts';
import type { StudyMap } from './studyMap.ts';
import { embedding } from '../../model/embedding.ts';
import { traits } from '../../model/traits.ts';

/** What the map is made of: an attempt with the canonical text of its architecture. */
export interface MappedAttempt {
  readonly id: string;
  readonly fingerprint: string | null;
}

type Point = readonly [x: number, y: number];

/** Fewer architectures have no neighbourhoods; more take longer than anybody waits. */
const UMAP_RANGE = { from: 6, to: 1500 } as const;

/**
 * Places every architecture in two dimensions, by PCA and by UMAP, in clusters named by what they
 * share. The same attempts give the same map.
 */
export function mapArchitectures(attempts: readonly MappedAttempt[]): StudyMap {
  const groups = Map.groupBy(
    attempts.filter(({ fingerprint }) => fingerprint !== null),
    ({ fingerprint }) => fingerprint ?? '',
  );
  const fingerprints = [...groups.keys()];
  const vectors = fingerprints.map((fingerprint) => [...embedding(fingerprint)]);
  const { places, explained } = byPca(vectors);
  const umap = byUmap(vectors);
  const clusters = clustersOf(vectors);
  return {
    points: [...groups.values()].map((group, index) => ({
      ids: group.map(({ id }) => id),
      pca: places[index] ?? [0.5, 0.5],
      umap: umap?.[index] ?? null,
      cluster: clusters[index] ?? 0,
    })),
    clusters: clusterNames(fingerprints, clusters),
    explained,
    unread: attempts.filter(({ fingerprint }) => fingerprint === null).length,
  };
}

function byPca(vectors: number[][]): {
  readonly places: readonly Point[];
  readonly explained: number;
} {
  if (vectors.length < 3)
    return { places: spread(vectors.map((_, index) => [index, 0])), explained: 1 };
  const pca = new PCA(vectors);
  const places = pca.predict(vectors, { nComponents: 2 }).to2DArray();
  const [first = 0, second = 0] = pca.getExplainedVariance();
  return { places: spread(places.map(([x = 0, y = 0]) => [x, y])), explained: first + second };
}

function byUmap(vectors: number[][]): readonly Point[] | null {
  if (vectors.length < UMAP_RANGE.from || vectors.length > UMAP_RANGE.to) return null;
  const random = seededRandom(1);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(15, vectors.length - 1),
    random: () => random.next(),
  });
  return spread(umap.fit(vectors).map(([x = 0, y = 0]) => [x, y]));
}

/** Scales both axes to 0–1; what does not differ lies in the middle. */
function spread(points: readonly Point[]): readonly Point[] {
  const scale = (values: readonly number[]): ((value: number) => number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => (high > low ? (value - low) / (high - low) : 0.5);
  };
  const [x, y] = [scale(points.map(([value]) => value)), scale(points.map(([, value]) => value))];
  return points.map(([across, up]) => [x(across), y(up)]);
}

/** Groups of like architectures: about one for ten of them, eight at most. */
function clustersOf(vectors: number[][]): readonly number[] {
  const count = Math.min(
    8,
    Math.max(1, Math.round(vectors.length / 10)),
    new Set(vectors.map(String)).size,
  );
  if (count < 2) return vectors.map(() => 0);
  return kmeans(vectors, count, { initialization: 'kmeans++', seed: 1, maxIterations: 50 })
    .clusters;
}

/** Up to three traits that most of a cluster has and the others have less. */
function clusterNames(
  fingerprints: readonly string[],
  clusters: readonly number[],
): readonly string[] {
  const all = fingerprints.map(traits);
  const shareIn = (trait: string, members: readonly (readonly string[])[]): number =>
    members.filter((one) => one.includes(trait)).length / Math.max(1, members.length);
  return Array.from({ length: Math.max(0, ...clusters) + 1 }, (_, cluster) => {
    const members = all.filter((__, index) => clusters[index] === cluster);
    const others = all.filter((__, index) => clusters[index] !== cluster);
    const common = [...new Set(members.flat())].filter((trait) => shareIn(trait, members) >= 0.7);
    const ranked = common
      .map((trait) => ({ trait, lead: shareIn(trait, members) - shareIn(trait, others) }))
      .sort((a, b) => b.lead - a.lead);
    const telling = ranked.filter(({ lead }) => lead >= 0.1);
    return (
      (telling.length > 0 ? telling : ranked)
        .slice(0, 3)
        .map(({ trait }) => trait)
        .join(', ') || 'mixed'
    );
  });
}
