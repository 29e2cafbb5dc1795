import type UPlot from 'uplot';
import { chartColor, cssVariable, type ChartColor } from './theme.ts';

/** One point of a scatter chart. */
export interface ScatterPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly color: ChartColor;
  /** Diameter in pixels. */
  readonly size: number;
  /** What a tooltip and a screen reader say. */
  readonly label: string;
}

/** Points of one colour and size as uPlot draws them. */
export function seriesOf(point: ScatterPoint | undefined): UPlot.Series {
  const color = chartColor(point?.color ?? 'foreground');
  return {
    paths: () => null,
    points: { show: true, size: point?.size ?? 6, fill: color, stroke: color, width: 0 },
  };
}

/** Room at the edges, so that no point is cut; a single value lies in the middle. */
export function withRoom(low: number, high: number): [number, number] {
  const room = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** The dashed line on which both axes have the same value. */
export function drawEquals(plot: UPlot, [low, high]: [number, number]): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = chartColor('foreground');
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(plot.valToPos(low, 'x', true), plot.valToPos(low, 'y', true));
  ctx.lineTo(plot.valToPos(high, 'x', true), plot.valToPos(high, 'y', true));
  ctx.stroke();
  ctx.restore();
}

/** Rings around what is selected, and around what the pointer is at. */
export function drawRings(plot: UPlot, points: readonly ScatterPoint[]): void {
  const ratio = devicePixelRatio;
  plot.ctx.save();
  plot.ctx.lineWidth = 2 * ratio;
  plot.ctx.strokeStyle = cssVariable('--vscode-focusBorder') || chartColor('foreground');
  for (const { x, y, size } of points) {
    const [left, top] = [plot.valToPos(x, 'x', true), plot.valToPos(y, 'y', true)];
    plot.ctx.beginPath();
    plot.ctx.arc(left, top, (size / 2 + 4) * ratio, 0, 2 * Math.PI);
    plot.ctx.stroke();
  }
  plot.ctx.restore();
}
