import type UPlot from 'uplot';
import { LEAST_PLACED, type StudyMap } from '../../../show/views/studyMap.ts';
import { element } from '../shared/element.ts';
import { ScatterChart } from '../shared/scatterChart.ts';
import type { FigureContent } from './figures.ts';
import { drawLabels, drawUntried } from './mapBackground.ts';
import {
  mapText,
  projections,
  tooFewText,
  unreadText,
  count,
  type Projection,
} from './mapWords.ts';
import { labelsOf, placesOf, pointsOf, type Placed } from './mapPlaces.ts';

/** The map of architectures: like ones lie close; what lies far from all points is untried. */
export class MapView {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #text = element('p', { class: 'note' });
  readonly #clusters = element('ul', { class: 'clusters' });
  readonly #choice: HTMLSelectElement;
  /** What is hidden until there is a map. */
  readonly #parts: readonly HTMLElement[];
  readonly #waiting = element('p', { class: 'empty', text: 'Placing the architectures…' });
  #map: StudyMap | null = null;
  #content: FigureContent | null = null;

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({ title: 'Map of what was tried', height: 430, onSelect });
    this.#choice = this.#projectionChoice();
    this.#parts = [
      element('div', { class: 'bar' }, this.#choice),
      this.#chart.node,
      this.#text,
      element('section', {}, element('h2', { text: 'Clusters' }), this.#clusters),
    ];
    this.node = element('div', {}, this.#waiting, ...this.#parts);
    for (const part of this.#parts) part.hidden = true;
  }

  /** The places of the attempts, once they are known. */
  place(map: StudyMap): void {
    this.#map = map;
    const isEnough = map.points.length >= LEAST_PLACED;
    this.#waiting.hidden = isEnough;
    this.#waiting.textContent = tooFewText(map);
    for (const part of this.#parts) part.hidden = !isEnough;
    const isTooMany = map.points.every(({ umap }) => umap === null);
    for (const option of this.#choice.options)
      option.disabled = isTooMany && option.value === 'umap';
    if (isTooMany && this.#choice.value === 'umap') this.#choice.value = 'pca';
    this.#draw();
  }

  draw(content: FigureContent): void {
    this.#content = content;
    this.#draw();
  }

  #projectionChoice(): HTMLSelectElement {
    const options = Object.entries(projections).map(([value, text]) =>
      element('option', { text, attributes: { value } }),
    );
    const change = (): void => {
      this.#draw();
    };
    return element(
      'select',
      { class: 'wide', attributes: { 'aria-label': 'Projection' }, on: { change } },
      ...options,
    );
  }

  #draw(): void {
    const [map, content] = [this.#map, this.#content];
    if (!map || !content || !this.node.isConnected || this.node.hidden) return;
    if (map.points.length < LEAST_PLACED) return;
    const projection = this.#choice.value as Projection;
    const placed = placesOf(map, projection, content);
    this.#chart.draw({
      points: pointsOf(placed, map, content),
      selected: selectedAmong(placed, content),
      axes: projection === 'size' ? { x: 'layers with weights', y: 'parameters' } : null,
      background: (plot: UPlot): void => {
        if (projection === 'size') return;
        drawUntried(
          plot,
          placed.map(({ place }) => place),
        );
        drawLabels(plot, labelsOf(placed, map));
      },
    });
    this.#text.textContent = [...mapText(map, projection), ...unreadText(map)].join(' ');
    this.#clusters.replaceChildren(
      ...map.clusters.map((name, cluster) =>
        element('li', { text: `${name}: ${count(map, cluster)}` }),
      ),
    );
  }
}

/** Of each architecture with a selected attempt, the attempt that stands for it. */
const selectedAmong = (
  placed: readonly Placed[],
  { selected }: FigureContent,
): ReadonlySet<string> =>
  new Set(
    placed
      .filter(({ point }) => point.ids.some((id) => selected.has(id)))
      .flatMap(({ row }) => row?.id ?? []),
  );
