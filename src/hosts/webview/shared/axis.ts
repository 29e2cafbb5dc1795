import type UPlot from 'uplot';
import { formatNumber } from '../../../record/format.ts';
import { chartColor, cssVariable, withOpacity } from './theme.ts';

/**
 * An axis in the colours of the theme; `space` between its numbers, and its own `size`, in pixels.
 */
export function axis({ space, size }: { space: number; size: number }): UPlot.Axis {
  return {
    stroke: cssVariable('--vscode-descriptionForeground') || cssVariable('--vscode-foreground'),
    grid: { stroke: withOpacity(chartColor('lines'), 0.35), width: 1 },
    ticks: { stroke: withOpacity(chartColor('lines'), 0.35), width: 1, size: 4 },
    font: `11px ${cssVariable('--vscode-font-family') || 'sans-serif'}`,
    values: (_, splits) => splits.map((value) => (value === null ? '' : formatNumber(value))),
    space,
    size,
    gap: 2,
  };
}
