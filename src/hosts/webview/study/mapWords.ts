import { LEAST_PLACED, type StudyMap } from '../../../show/views/studyMap.ts';

/** How many dimensions become two: by likeness, or by two that have a meaning of their own. */
export const projections = {
  umap: 'UMAP: neighbours stay neighbours',
  pca: 'PCA: the largest differences',
  size: 'Depth and parameters',
} as const;

export type Projection = keyof typeof projections;

const COLORS =
  'green the best third, yellow the middle, red the last; the larger, the more parameters.';

/** What the map shows. */
export function mapText({ explained }: StudyMap, projection: Projection): readonly string[] {
  const points = `Each point is an architecture: ${COLORS}`;
  if (projection === 'size') return [points];
  const untried =
    'Grey cells were never tried: the stronger the grey, the further from anything that was.';
  const shown = `The two axes show ${Math.round(explained * 100)} % of the differences.`;
  return projection === 'pca' ? [points, untried, shown] : [points, untried];
}

/** Why there is no map yet. */
export const tooFewText = ({ points }: StudyMap): string =>
  `The map is drawn from ${LEAST_PLACED} architectures on; so far ` +
  `${points.length === 1 ? 'one was' : `${points.length} were`} tried.`;

/** Which attempts are not on the map. */
export const unreadText = ({ unread }: StudyMap): readonly string[] =>
  unread === 0
    ? []
    : [
        unread === 1
          ? 'One attempt is not on it: its builder could not be read.'
          : `${unread} attempts are not on it: their builders could not be read.`,
      ];

/** `3 architectures` of a cluster. */
export function count({ points }: StudyMap, cluster: number): string {
  const architectures = points.filter((point) => point.cluster === cluster).length;
  return `${architectures} architecture${architectures === 1 ? '' : 's'}`;
}
