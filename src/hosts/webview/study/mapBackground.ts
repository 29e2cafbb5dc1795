import type UPlot from 'uplot';
import { untriedCells, type MapPlace } from '../../../show/views/untried.ts';
import { chartColor, cssVariable, withOpacity } from '../shared/theme.ts';

/** A name on the map, above the place it belongs to. */
export interface MapLabel {
  readonly text: string;
  readonly place: MapPlace;
}

const GRID = { columns: 28, rows: 16 } as const;

/** Shades what lies far from every place. */
export function drawUntried(plot: UPlot, places: readonly MapPlace[]): void {
  const { ctx } = plot;
  const { across, up } = scalesOf(plot);
  ctx.save();
  for (const { x, y, width, height, distance } of untriedCells(places, GRID.columns, GRID.rows)) {
    ctx.fillStyle = withOpacity(chartColor('foreground'), 0.03 + 0.17 * distance);
    ctx.fillRect(
      across(x) + 1,
      up(y + height) + 1,
      across(x + width) - across(x) - 2,
      up(y) - up(y + height) - 2,
    );
  }
  ctx.restore();
}

const LINE = 15;
const ABOVE = 14;

/** Writes the names, each within the map and clear of those written before. */
export function drawLabels(plot: UPlot, labels: readonly MapLabel[]): void {
  const { ctx, bbox } = plot;
  const { across, up } = scalesOf(plot);
  const ratio = devicePixelRatio;
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  ctx.save();
  ctx.fillStyle = cssVariable('--vscode-foreground');
  ctx.font = `${11 * ratio}px ${cssVariable('--vscode-font-family') || 'sans-serif'}`;
  for (const {
    text,
    place: [x, y],
  } of labels) {
    const { width } = ctx.measureText(text);
    const left = Math.max(
      bbox.left,
      Math.min(across(x) - width / 2, bbox.left + bbox.width - width),
    );
    let top = up(y) - ABOVE * ratio;
    const covers = (other: (typeof taken)[number]): boolean =>
      left < other.right && other.left < left + width && Math.abs(other.y - top) < LINE * ratio;
    while (taken.some(covers)) top -= LINE * ratio;
    taken.push({ left, right: left + width, y: top });
    ctx.fillText(text, left, top);
  }
  ctx.restore();
}

const scalesOf = (plot: UPlot) => ({
  across: (x: number): number => plot.valToPos(x, 'x', true),
  up: (y: number): number => plot.valToPos(y, 'y', true),
});
