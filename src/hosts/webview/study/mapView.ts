import type UPlot from 'uplot';
import type { MapPoint, StudyMap } from '../../../show/views/studyMap.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { ScatterChart, type ScatterPoint } from '../shared/scatterChart.ts';
import type { ChartColor } from '../shared/theme.ts';
import { pointLabel, type FigureContent } from './figures.ts';
import { drawLabels, drawUntried, type MapLabel } from './mapBackground.ts';

type Projection = 'umap' | 'pca';
type Point = readonly [x: number, y: number];

/**
 * Fewer architectures show no shape: each is named by itself, and nothing is said of what lies
 * between them.
 */
const SHAPE = 5;

/**
 * The map of architectures: like ones lie close; what lies far from all points is untried, as soon
 * as there are enough of them to tell.
 */
export class MapView {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #text = element('p', { class: 'note' });
  readonly #clusters = element('ul', { class: 'clusters' });
  readonly #projections: HTMLElement;
  readonly #clusterPart: HTMLElement;
  readonly #choice: HTMLSelectElement;
  readonly #waiting = element('p', { class: 'empty', text: 'Placing the architectures…' });
  #map: StudyMap | null = null;
  #content: FigureContent | null = null;

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({
      title: 'Map of what was tried',
      height: 430,
      withoutAxes: true,
      onSelect,
    });
    this.#choice = element(
      'select',
      {
        attributes: { 'aria-label': 'Projection' },
        on: {
          change: () => {
            this.#draw();
          },
        },
      },
      element('option', {
        text: 'UMAP: neighbours stay neighbours',
        attributes: { value: 'umap' },
      }),
      element('option', { text: 'PCA: the largest differences', attributes: { value: 'pca' } }),
    );
    this.#projections = element('div', { class: 'bar' }, this.#choice);
    this.#clusterPart = element('section', {}, element('h2', { text: 'Clusters' }), this.#clusters);
    this.node = element(
      'div',
      {},
      this.#waiting,
      this.#projections,
      this.#chart.node,
      this.#text,
      this.#clusterPart,
    );
    for (const part of [this.#projections, this.#chart.node, this.#clusterPart]) part.hidden = true;
  }

  /** The places of the attempts, once they are known. */
  place(map: StudyMap): void {
    this.#map = map;
    const withUmap = map.points.some(({ umap }) => umap !== null);
    if (!withUmap) this.#choice.value = 'pca';
    this.#projections.hidden = !withUmap;
    this.#clusterPart.hidden = map.points.length < SHAPE;
    this.#chart.node.hidden = map.points.length === 0;
    this.#waiting.hidden = true;
    this.#draw();
  }

  draw(content: FigureContent): void {
    this.#content = content;
    this.#draw();
  }

  #draw(): void {
    const [map, content] = [this.#map, this.#content];
    if (!map || !content || !this.node.isConnected || this.node.hidden) return;
    const projection: Projection = this.#choice.value === 'pca' ? 'pca' : 'umap';
    const placed = map.points.flatMap((point) => {
      const place = point[projection];
      return place ? [{ point, place }] : [];
    });
    const rows = new Map(content.rows.map((row) => [row.id, row]));
    const sign = content.objective.direction === 'minimize' ? 1 : -1;
    const bestFirst = (a: StudyRow, b: StudyRow): number =>
      sign * ((a.mean ?? sign * Infinity) - (b.mean ?? sign * Infinity));
    const bestOf = ({ ids }: MapPoint): StudyRow | undefined =>
      ids.flatMap((id) => rows.get(id) ?? []).sort(bestFirst)[0];
    const means = placed
      .flatMap(({ point }) => bestOf(point)?.mean ?? [])
      .sort((a, b) => sign * (a - b));
    const points = placed.flatMap(({ point, place: [x, y] }): readonly ScatterPoint[] => {
      const row = bestOf(point);
      if (!row) return [];
      const more =
        point.ids.length > 1 ? ` (and ${point.ids.length - 1} more of this architecture)` : '';
      return [
        {
          id: row.id,
          x,
          y,
          color: colorOf(row.mean, means),
          size: sizeOf(row.parameters, content.rows),
          label: `${pointLabel(row)}${more}; ${map.clusters[point.cluster] ?? ''}`,
        },
      ];
    });
    const places = placed.map(({ place }) => place);
    const isSparse = map.points.length < SHAPE;
    const labels = isSparse
      ? points.map(({ id, x, y }): MapLabel => ({ text: nameOf(rows.get(id)), place: [x, y] }))
      : labelsOf(placed, map);
    const background = (plot: UPlot): void => {
      if (!isSparse) drawUntried(plot, places);
      drawLabels(plot, labels);
    };
    this.#chart.draw({ points, selected: this.#selectedPoints(map, content, bestOf), background });
    this.#text.textContent = [
      ...(isSparse ? sparseText(map) : mapText(map, projection)),
      ...unreadText(map),
    ].join(' ');
    this.#clusters.replaceChildren(
      ...map.clusters.map((name, cluster) =>
        element('li', { text: `${name}: ${count(map, cluster)}` }),
      ),
    );
  }

  /** A point stands for its best attempt; it is marked when any of its attempts is selected. */
  #selectedPoints(
    map: StudyMap,
    { selected }: FigureContent,
    bestOf: (point: MapPoint) => StudyRow | undefined,
  ): ReadonlySet<string> {
    return new Set(
      map.points
        .filter(({ ids }) => ids.some((id) => selected.has(id)))
        .flatMap((point) => bestOf(point)?.id ?? []),
    );
  }
}

const COLORS =
  'green the best third, yellow the middle, red the last; the larger, the more parameters.';

function mapText({ explained }: StudyMap, projection: Projection): readonly string[] {
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

const sparseText = ({ points }: StudyMap): readonly string[] =>
  points.length === 0
    ? ['No architecture could be placed yet.']
    : [
        'Each point is an architecture: green is the best; the larger, the more parameters; ' +
          `the further apart two are, the more they differ. From ${SHAPE} on, the map shows ` +
          'clusters and what was never tried.',
      ];

const unreadText = ({ unread }: StudyMap): readonly string[] =>
  unread === 0
    ? []
    : [
        unread === 1
          ? 'One attempt is not on it: its builder could not be read.'
          : `${unread} attempts are not on it: their builders could not be read.`,
      ];

const nameOf = (row: StudyRow | undefined): string =>
  row ? `#${row.number} ${row.title.length > 40 ? `${row.title.slice(0, 39)}…` : row.title}` : '';

function count({ points }: StudyMap, cluster: number): string {
  const architectures = points.filter((point) => point.cluster === cluster).length;
  return `${architectures} architecture${architectures === 1 ? '' : 's'}`;
}

function colorOf(mean: number | null, ranked: readonly number[]): ChartColor {
  if (mean === null) return 'lines';
  const rank = ranked.indexOf(mean) / Math.max(1, ranked.length);
  return rank < 1 / 3 ? 'green' : rank < 2 / 3 ? 'yellow' : 'red';
}

function sizeOf(parameters: number | null, rows: readonly StudyRow[]): number {
  if (!parameters) return 6;
  const logs = rows.flatMap((row) => (row.parameters ? [Math.log(row.parameters)] : []));
  const [low, high] = [
    logs.reduce((a, b) => Math.min(a, b), Infinity),
    logs.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return 6 + 3 * Math.round(high > low ? ((Math.log(parameters) - low) / (high - low)) * 3 : 1);
}

function labelsOf(
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
