import type UPlot from 'uplot';
import { formatNumber } from '../../../record/format.ts';
import { chartColor, cssVariable, withOpacity } from './theme.ts';

/** What the two axes of a chart count. */
export interface AxisTitles {
  readonly x: string;
  readonly y: string;
}

interface AxisLook {
  readonly title: string;
  /** Between its numbers, in pixels. */
  readonly space: number;
  /** Of the axis without its title, in pixels. */
  readonly size: number;
}

/** Between the numbers of an axis that counts. */
export const WHOLE_STEPS: readonly number[] = [
  1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000,
];

/** An axis in the colours of the theme. */
export function axis({ title, space, size }: AxisLook): UPlot.Axis {
  const family = cssVariable('--vscode-font-family') || 'sans-serif';
  return {
    label: title,
    labelSize: 16,
    labelGap: 0,
    labelFont: `11px ${family}`,
    stroke: cssVariable('--vscode-descriptionForeground') || cssVariable('--vscode-foreground'),
    grid: { stroke: withOpacity(chartColor('lines'), 0.35), width: 1 },
    ticks: { stroke: withOpacity(chartColor('lines'), 0.35), width: 1, size: 4 },
    font: `11px ${family}`,
    values: (_, splits) => splits.map(numberText),
    space,
    size,
    gap: 2,
  };
}

/** With the sign that texts have. */
const numberText = (value: number | null): string =>
  value === null ? '' : formatNumber(value).replace(/^-/, '−');
