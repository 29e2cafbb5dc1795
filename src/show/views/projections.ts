import { PCA } from 'ml-pca';
import { UMAP } from 'umap-js';
import { seededRandom } from '../../util/seededRandom.ts';
import { LEAST_PLACED } from './studyMap.ts';
import type { MapPlace } from './untried.ts';

/** More architectures take longer than anybody waits. */
const MOST = 1500;

/**
 * The two directions in which the points of the base differ most; the share of the differences that
 * they show.
 */
export function byPca(vectors: number[][]): {
  readonly places: readonly MapPlace[];
  readonly explained: number;
} {
  if (vectors.length < 3)
    return {
      places: vectors.map((_, index) => [(index + 1) / (vectors.length + 1), 0.5]),
      explained: 1,
    };
  const base = baseOf(vectors);
  const pca = new PCA(base);
  const places = pca.predict(vectors, { nComponents: 2 }).to2DArray();
  const [first = 0, second = 0] = pca.getExplainedVariance();
  return {
    places: spread(
      places.map(([x = 0, y = 0]) => [x, y]),
      base.length,
    ),
    explained: first + second,
  };
}

/**
 * Near points stay near; distances between groups mean little. Only the base is fitted: later
 * points are placed into its map, each by itself (McInnes, Healy & Melville 2018, transform).
 */
export function byUmap(vectors: number[][]): readonly MapPlace[] | null {
  if (vectors.length < LEAST_PLACED || vectors.length > MOST) return null;
  const base = baseOf(vectors);
  let source = seededRandom(1);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(15, base.length - 1),
    random: () => source.next(),
  });
  const fitted = umap.fit(base);
  const later = vectors.slice(base.length).flatMap((vector) => {
    source = seededRandom(1);
    return umap.transform([vector]);
  });
  const places = [...fitted, ...later].map(([x = 0, y = 0]): MapPlace => [x, y]);
  return spread(places, base.length);
}

/**
 * The first points, which the map is made for: 15, 30, 60 and so on, so that it is made anew only
 * when there are twice as many.
 */
function baseOf(vectors: number[][]): number[][] {
  if (vectors.length < LEAST_PLACED) return vectors;
  const doublings = Math.floor(Math.log2(vectors.length / LEAST_PLACED));
  return vectors.slice(0, LEAST_PLACED * 2 ** doublings);
}

/**
 * Scales both axes to 0–1 by the base, with room at the edges; a later point beyond them stands on
 * the edge. What does not differ lies in the middle.
 */
function spread(points: readonly MapPlace[], base: number): readonly MapPlace[] {
  const scaleOf = (axis: 0 | 1): ((value: number) => number) => {
    const values = points.slice(0, base).map((point) => point[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const within = (value: number): number =>
      EDGE + (1 - 2 * EDGE) * ((value - low) / (high - low));
    return (value) => (high > low ? Math.min(1, Math.max(0, within(value))) : 0.5);
  };
  const [x, y] = [scaleOf(0), scaleOf(1)];
  return points.map(([across, up]) => [x(across), y(up)]);
}

/** Room for later points at each edge of the map. */
const EDGE = 0.08;
