import type { ChartColor } from './theme.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A short piece of a line as the charts draw it. */
export function swatch({
  color,
  dash,
  width,
}: {
  readonly color: ChartColor;
  readonly dash: readonly number[];
  readonly width: number;
}): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'line');
  for (const [name, value] of [
    ['class', `swatch stroke-${color}`],
    ['width', '24'],
    ['height', '8'],
    ['aria-hidden', 'true'],
  ] as const)
    svg.setAttribute(name, value);
  for (const [name, value] of [
    ['x1', '0'],
    ['x2', '24'],
    ['y1', '4'],
    ['y2', '4'],
    ['stroke-width', String(width)],
    ['stroke-dasharray', dash.join(' ')],
  ] as const)
    line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
