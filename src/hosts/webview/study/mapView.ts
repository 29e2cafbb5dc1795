import type UPlot from 'uplot';
import type { MapPoint, StudyMap } from '../../../show/views/studyMap.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { ScatterChart, type ScatterPoint } from '../shared/scatterChart.ts';
import { pointLabel, type FigureContent } from './figures.ts';
import { drawLabels, drawUntried, type MapLabel } from './mapBackground.ts';
import {
  mapText,
  sparseText,
  unreadText,
  nameOf,
  count,
  SHAPE,
  type Projection,
} from './mapWords.ts';
import { colorOf, sizeOf, labelsOf } from './mapPlaces.ts';

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
