import type { MapPoint, StudyMap } from '../../../show/views/studyMap.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import type { ChartColor } from '../shared/theme.ts';
import { type MapLabel } from './mapBackground.ts';

type Point = readonly [x: number, y: number];

/** Green the best third, yellow the middle, red the last; `lines` where it was not measured. */
export function colorOf(mean: number | null, ranked: readonly number[]): ChartColor {
  if (mean === null) return 'lines';
  const rank = ranked.indexOf(mean) / Math.max(1, ranked.length);
  return rank < 1 / 3 ? 'green' : rank < 2 / 3 ? 'yellow' : 'red';
}

/** Pixels across: the more parameters, the larger. */
export function sizeOf(parameters: number | null, rows: readonly StudyRow[]): number {
  if (!parameters) return 6;
  const logs = rows.flatMap((row) => (row.parameters ? [Math.log(row.parameters)] : []));
  const [low, high] = [
    logs.reduce((a, b) => Math.min(a, b), Infinity),
    logs.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return 6 + 3 * Math.round(high > low ? ((Math.log(parameters) - low) / (high - low)) * 3 : 1);
}

/** The name of each cluster in the middle of its points. */
export function labelsOf(
  placed: readonly { readonly point: MapPoint; readonly place: Point }[],
  { clusters }: StudyMap,
): readonly MapLabel[] {
  return clusters.flatMap((text, cluster) => {
    const own = placed.filter(({ point }) => point.cluster === cluster).map(({ place }) => place);
    if (own.length === 0) return [];
    const middle = (axis: 0 | 1): number =>
      own.reduce((sum, place) => sum + place[axis], 0) / own.length;
    return [{ text, place: [middle(0), middle(1)] as const }];
  });
}
