import { kmeans } from 'ml-kmeans';
import type { StudyMap } from './studyMap.ts';
import { embedding } from '../../model/embedding.ts';
import { traits } from '../../model/traits.ts';
import { isDeep, readFingerprint, widthOf } from '../../model/readFingerprint.ts';
import { byPca, byUmap } from './projections.ts';

/** What the map is made of: an attempt with the canonical text of its architecture. */
export interface MappedAttempt {
  readonly id: string;
  readonly fingerprint: string | null;
}

/**
 * Places every architecture in two dimensions, by PCA and by UMAP, in clusters named by what they
 * share. The same attempts give the same map, and a new one leaves the others in their places until
 * there are twice as many.
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
      depth: readFingerprint(fingerprints[index] ?? '').layers.filter(isDeep).length,
    })),
    clusters: clusterNames(fingerprints, clusters),
    explained,
    unread: attempts.filter(({ fingerprint }) => fingerprint === null).length,
  };
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
  const names = Array.from({ length: Math.max(0, ...clusters) + 1 }, (_, cluster) => {
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
  return names.map((name, cluster) =>
    names.filter((other) => other === name).length === 1
      ? name
      : `${name}, ${sizesOf(fingerprints.filter((_, index) => clusters[index] === cluster))}`,
  );
}

/** `1–4 deep, 8–64 wide`: what tells clusters of like architectures apart. */
function sizesOf(fingerprints: readonly string[]): string {
  const read = fingerprints.map((fingerprint) => readFingerprint(fingerprint).layers);
  const depths = read.map((layers) => layers.filter(isDeep).length);
  const widths = read.map((layers) =>
    Math.max(0, ...layers.flatMap((layer) => widthOf(layer) ?? [])),
  );
  return `${spanText(depths)} deep, ${spanText(widths)} wide`;
}

function spanText(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low}–${high}`;
}
