import { PCA } from 'ml-pca';
import { UMAP } from 'umap-js';
import { seededRandom } from '../../util/seededRandom.ts';
import type { MapPlace } from './untried.ts';

/** Fewer architectures have no neighbourhoods; more take longer than anybody waits. */
const UMAP_RANGE = { from: 6, to: 1500 } as const;

/** The two directions in which the points differ most. */
export function byPca(vectors: number[][]): {
  readonly places: readonly MapPlace[];
  readonly explained: number;
} {
  if (vectors.length < 3)
    return { places: spread(vectors.map((_, index) => [index, 0])), explained: 1 };
  const pca = new PCA(vectors);
  const places = pca.predict(vectors, { nComponents: 2 }).to2DArray();
  const [first = 0, second = 0] = pca.getExplainedVariance();
  return { places: spread(places.map(([x = 0, y = 0]) => [x, y])), explained: first + second };
}

/** Near points stay near; distances between groups mean little. */
export function byUmap(vectors: number[][]): readonly MapPlace[] | null {
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
function spread(points: readonly MapPlace[]): readonly MapPlace[] {
  const scale = (values: readonly number[]): ((value: number) => number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value) => (high > low ? (value - low) / (high - low) : 0.5);
  };
  const [x, y] = [scale(points.map(([value]) => value)), scale(points.map(([, value]) => value))];
  return points.map(([across, up]) => [x(across), y(up)]);
}
