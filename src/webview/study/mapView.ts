import type UPlot from 'uplot';
import type { MapPoint, StudyMap } from '../../core/views/studyMap.ts';
import type { StudyRow } from '../../core/views/studyRow.ts';
import { untriedCells } from '../../core/views/untried.ts';
import { element } from '../shared/element.ts';
import { ScatterChart, type ScatterPoint } from '../shared/scatterChart.ts';
import { chartColor, cssVariable, withOpacity, type ChartColor } from '../shared/theme.ts';
import { pointLabel, type FigureContent } from './figures.ts';

type Projection = 'umap' | 'pca';
type Point = readonly [x: number, y: number];

const GRID = { columns: 28, rows: 16 } as const;

/** The map of architectures: like ones lie close; what lies far from all points is untried. */
export class MapView {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #text = element('p', { class: 'note' });
  readonly #clusters = element('ul', { class: 'clusters' });
  readonly #choice: HTMLSelectElement;
  readonly #waiting = element('p', { class: 'empty', text: 'Placing the architectures…' });
  #map: StudyMap | null = null;
  #content: FigureContent | null = null;

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({ title: 'Map of what was tried', height: 430, withoutAxes: true, onSelect });
    this.#choice = element('select', { attributes: { 'aria-label': 'Projection' }, on: { change: () => { this.#draw(); } } },
      element('option', { text: 'UMAP: neighbours stay neighbours', attributes: { value: 'umap' } }), element('option', { text: 'PCA: the largest differences', attributes: { value: 'pca' } }));
    this.node = element('div', {}, this.#waiting, element('div', { class: 'bar' }, this.#choice), this.#chart.node, this.#text, element('h2', { text: 'Clusters' }), this.#clusters);
  }

  /** The places of the attempts, once they are known. */
  place(map: StudyMap): void {
    this.#map = map;
    if (map.points.every(({ umap }) => umap === null)) this.#choice.value = 'pca';
    for (const option of this.#choice.options) option.disabled = option.value === 'umap' && map.points.every(({ umap }) => umap === null);
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
    const placed = map.points.flatMap((point) => { const place = point[projection]; return place ? [{ point, place }] : []; });
    const rows = new Map(content.rows.map((row) => [row.id, row]));
    const bestFirst = (a: StudyRow, b: StudyRow): number => (content.objective.direction === 'minimize' ? 1 : -1) * ((a.mean ?? Infinity) - (b.mean ?? Infinity));
    const bestOf = ({ ids }: MapPoint): StudyRow | undefined => ids.flatMap((id) => rows.get(id) ?? []).sort(bestFirst)[0];
    const means = placed.flatMap(({ point }) => bestOf(point)?.mean ?? []).sort((a, b) => (content.objective.direction === 'minimize' ? a - b : b - a));
    const points = placed.flatMap(({ point, place: [x, y] }): readonly ScatterPoint[] => {
      const row = bestOf(point);
      if (!row) return [];
      const more = point.ids.length > 1 ? ` (and ${point.ids.length - 1} more of this architecture)` : '';
      return [{ id: row.id, x, y, color: colorOf(row.mean, means), size: sizeOf(row.parameters, content.rows), label: `${pointLabel(row)}${more}; ${map.clusters[point.cluster] ?? ''}` }];
    });
    const places = placed.map(({ place }) => place);
    this.#chart.draw({ points, selected: this.#selectedPoints(map, content, bestOf), background: (plot) => { drawBackground(plot, places, labelsOf(placed, map)); } });
    const shown = projection === 'pca' ? ` The two axes show ${Math.round(map.explained * 100)} % of the differences.` : '';
    this.#text.textContent = `Each point is an architecture: green the best third, yellow the middle, red the last; the larger, the more parameters. Grey cells were never tried: the stronger the grey, the further from anything that was.${shown}${map.unread > 0 ? ` ${map.unread} attempts are not on it: their builder could not be read.` : ''}`;
    this.#clusters.replaceChildren(...map.clusters.map((name, cluster) => element('li', { text: `${name}: ${count(map, cluster)}` })));
  }

  /** A point stands for its best attempt; it is marked when any of its attempts is selected. */
  #selectedPoints(map: StudyMap, { selected }: FigureContent, bestOf: (point: MapPoint) => StudyRow | undefined): ReadonlySet<string> {
    return new Set(map.points.filter(({ ids }) => ids.some((id) => selected.has(id))).flatMap((point) => bestOf(point)?.id ?? []));
  }
}

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
  const [low, high] = [logs.reduce((a, b) => Math.min(a, b), Infinity), logs.reduce((a, b) => Math.max(a, b), -Infinity)];
  return 6 + 3 * Math.round(high > low ? ((Math.log(parameters) - low) / (high - low)) * 3 : 1);
}

function labelsOf(placed: readonly { readonly point: MapPoint; readonly place: Point }[], { clusters }: StudyMap): readonly { readonly text: string; readonly place: Point }[] {
  return clusters.flatMap((text, cluster) => {
    const own = placed.filter(({ point }) => point.cluster === cluster).map(({ place }) => place);
    if (own.length === 0) return [];
    const middle = (axis: 0 | 1): number => own.reduce((sum, place) => sum + place[axis], 0) / own.length;
    return [{ text, place: [middle(0), middle(1)] as const }];
  });
}

function drawBackground(plot: UPlot, places: readonly Point[], labels: readonly { readonly text: string; readonly place: Point }[]): void {
  const { ctx } = plot;
  const across = (x: number): number => plot.valToPos(x, 'x', true);
  const up = (y: number): number => plot.valToPos(y, 'y', true);
  ctx.save();
  for (const { x, y, width, height, distance } of untriedCells(places, GRID.columns, GRID.rows)) {
    ctx.fillStyle = withOpacity(chartColor('foreground'), 0.03 + 0.17 * distance);
    ctx.fillRect(across(x) + 1, up(y + height) + 1, across(x + width) - across(x) - 2, up(y) - up(y + height) - 2);
  }
  ctx.fillStyle = cssVariable('--vscode-foreground');
  ctx.font = `${11 * devicePixelRatio}px ${cssVariable('--vscode-font-family') || 'sans-serif'}`;
  ctx.textAlign = 'center';
  for (const { text, place: [x, y] } of labels) ctx.fillText(text, across(x), up(y) - 14 * devicePixelRatio);
  ctx.restore();
}
