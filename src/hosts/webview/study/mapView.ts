import type UPlot from 'uplot';
import type { StudyMap } from '../../../show/views/studyMap.ts';
import { element } from '../shared/element.ts';
import { ScatterChart } from '../shared/scatterChart.ts';
import type { FigureContent } from './figures.ts';
import { drawLabels, drawUntried } from './mapBackground.ts';
import {
  mapText,
  sparseText,
  unreadText,
  nameOf,
  count,
  SHAPE,
  type Projection,
} from './mapWords.ts';
import { labelsOf, placesOf, pointsOf } from './mapPlaces.ts';

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
    const placed = placesOf(map, projection, content);
    const isSparse = map.points.length < SHAPE;
    const labels = isSparse
      ? placed.flatMap(({ row, place }) => (row ? [{ text: nameOf(row), place }] : []))
      : labelsOf(placed, map);
    const background = (plot: UPlot): void => {
      if (!isSparse)
        drawUntried(
          plot,
          placed.map(({ place }) => place),
        );
      drawLabels(plot, labels);
    };
    const { selected } = content;
    this.#chart.draw({
      points: pointsOf(placed, map, content),
      selected: new Set(
        placed
          .filter(({ point }) => point.ids.some((id) => selected.has(id)))
          .flatMap(({ row }) => row?.id ?? []),
      ),
      background,
    });
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
}
