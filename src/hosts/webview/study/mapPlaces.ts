import type { MapPoint, StudyMap } from '../../../show/views/studyMap.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import type { MapPlace } from '../../../show/views/untried.ts';
import type { ScatterPoint } from '../shared/scatterPoints.ts';
import type { ChartColor } from '../shared/theme.ts';
import { pointLabel, type FigureContent } from './figures.ts';
import type { MapLabel } from './mapBackground.ts';
import type { Projection } from './mapWords.ts';
import { gainOf } from '../../../study/objective.ts';

/** An architecture in its place, with its best attempt. */
export interface Placed {
  readonly point: MapPoint;
  readonly place: MapPlace;
  /** A point stands for its best attempt. */
  readonly row: StudyRow | undefined;
}

/** The architectures that have a place in a projection. */
export function placesOf(
  { points }: StudyMap,
  projection: Projection,
  { rows, objective }: FigureContent,
): readonly Placed[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const worst = gainOf(-Infinity, objective);
  const bestFirst = (a: StudyRow, b: StudyRow): number =>
    gainOf((b.mean ?? worst) - (a.mean ?? worst), objective);
  return points.flatMap((point) => {
    const row = point.ids.flatMap((id) => byId.get(id) ?? []).sort(bestFirst)[0];
    const place = projection === 'size' ? sizePlace(point, row) : point[projection];
    return place ? [{ point, place, row }] : [];
  });
}

const sizePlace = ({ depth }: MapPoint, row: StudyRow | undefined): MapPlace | null =>
  row?.parameters ? [depth, row.parameters] : null;

/** The points of a map, in colour and size. */
export function pointsOf(
  placed: readonly Placed[],
  { clusters }: StudyMap,
  { rows, objective }: FigureContent,
): readonly ScatterPoint[] {
  const means = placed
    .flatMap(({ row }) => row?.mean ?? [])
    .sort((a, b) => gainOf(b - a, objective));
  return placed.flatMap(({ point, place: [x, y], row }) => {
    if (!row) return [];
    const others = point.ids.length - 1;
    const more = others > 0 ? ` (and ${others} more of this architecture)` : '';
    const label = `${pointLabel(row)}${more}; ${clusters[point.cluster] ?? ''}`;
    const [color, size] = [colorOf(row.mean, means), sizeOf(row.parameters, rows)];
    return [{ id: row.id, x, y, color, size, label }];
  });
}

/** The name of each cluster in the middle of its points. */
export function labelsOf(placed: readonly Placed[], { clusters }: StudyMap): readonly MapLabel[] {
  return clusters.flatMap((text, cluster) => {
    const own = placed.filter(({ point }) => point.cluster === cluster).map(({ place }) => place);
    if (own.length === 0) return [];
    const middle = (axis: 0 | 1): number =>
      own.reduce((sum, place) => sum + place[axis], 0) / own.length;
    return [{ text, place: [middle(0), middle(1)] as const }];
  });
}

/** Green the best third, yellow the middle, red the last; `lines` where it was not measured. */
function colorOf(mean: number | null, ranked: readonly number[]): ChartColor {
  if (mean === null) return 'lines';
  const rank = ranked.indexOf(mean) / Math.max(1, ranked.length);
  if (rank < 1 / 3) return 'green';
  return rank < 2 / 3 ? 'yellow' : 'red';
}

/** Pixels across: the more parameters, the larger. */
function sizeOf(parameters: number | null, rows: readonly StudyRow[]): number {
  if (!parameters) return 6;
  const logs = rows.flatMap((row) => (row.parameters ? [Math.log(row.parameters)] : []));
  const [low, high] = [
    logs.reduce((a, b) => Math.min(a, b), Infinity),
    logs.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return 6 + 3 * Math.round(high > low ? ((Math.log(parameters) - low) / (high - low)) * 3 : 1);
}
