import type { StudyMap } from '../../../show/views/studyMap.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';

/** How many dimensions become two. */
export type Projection = 'umap' | 'pca';

/**
 * Fewer architectures show no shape: each is named by itself, and nothing is said of what lies
 * between them.
 */
export const SHAPE = 5;

const COLORS =
  'green the best third, yellow the middle, red the last; the larger, the more parameters.';

/** What a map of enough architectures shows. */
export function mapText({ explained }: StudyMap, projection: Projection): readonly string[] {
  const shown =
    projection === 'pca'
      ? [`The two axes show ${Math.round(explained * 100)} % of the differences.`]
      : [];
  return [
    `Each point is an architecture: ${COLORS} Grey cells were never tried: the stronger the ` +
      'grey, the further from anything that was.',
    ...shown,
  ];
}

/** What a map of too few architectures shows. */
export const sparseText = ({ points }: StudyMap): readonly string[] =>
  points.length === 0
    ? ['No architecture could be placed yet.']
    : [
        'Each point is an architecture: green is the best; the larger, the more parameters; ' +
          `the further apart two are, the more they differ. From ${SHAPE} on, the map shows ` +
          'clusters and what was never tried.',
      ];

/** Which attempts are not on the map. */
export const unreadText = ({ unread }: StudyMap): readonly string[] =>
  unread === 0
    ? []
    : [
        unread === 1
          ? 'One attempt is not on it: its builder could not be read.'
          : `${unread} attempts are not on it: their builders could not be read.`,
      ];

/** `#12 batch norm`, cut where it is long. */
export const nameOf = (row: StudyRow | undefined): string =>
  row ? `#${row.number} ${row.title.length > 40 ? `${row.title.slice(0, 39)}…` : row.title}` : '';

/** `3 architectures` of a cluster. */
export function count({ points }: StudyMap, cluster: number): string {
  const architectures = points.filter((point) => point.cluster === cluster).length;
  return `${architectures} architecture${architectures === 1 ? '' : 's'}`;
}
