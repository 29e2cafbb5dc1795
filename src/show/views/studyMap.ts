/** Fewer architectures show no shape, and no map is drawn of them. */
export const LEAST_PLACED = 15;

/** One architecture on the map, with every attempt that has it. */
export interface MapPoint {
  readonly ids: readonly string[];
  /** 0–1 in both projections. */
  readonly pca: readonly [x: number, y: number];
  /** `null` where the study has too few or too many architectures for it. */
  readonly umap: readonly [x: number, y: number] | null;
  readonly cluster: number;
  /** Layers with weights, as people count them when they say how deep a network is. */
  readonly depth: number;
}

/** Where a study has looked. */
export interface StudyMap {
  readonly points: readonly MapPoint[];
  /** What the architectures of each cluster share, by cluster. */
  readonly clusters: readonly string[];
  /** Share of the differences that the two axes of the PCA show. */
  readonly explained: number;
  /** Attempts that are not on it: their builder could not be read. */
  readonly unread: number;
}
