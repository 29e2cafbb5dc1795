import UPlot from 'uplot';
import type { AxisTitles } from './axis.ts';
import { positive, smooth } from './smooth.ts';
import { chartColor, withOpacity, type ChartColor } from './theme.ts';

type Values = readonly (number | null)[];

type LineShape = 'line' | 'steps' | 'points';

/** One line over the shared x values; `range` is drawn as a band behind it. */
export interface ChartLine {
  readonly values: Values;
  readonly range: { readonly low: Values; readonly high: Values } | null;
  readonly color: ChartColor;
  /** Lengths of strokes and gaps: what tells lines apart where colours do not. */
  readonly dash: readonly number[];
  readonly width: number;
  /** `steps` hold each value until the next one; `points` stand alone. */
  readonly shape?: LineShape;
}

/** How all lines of a chart are drawn. */
export interface ChartScale {
  readonly logarithmic: boolean;
  /** 0–1; above 0 the line as it was measured stays visible behind the smoothed one. */
  readonly smoothing: number;
  readonly titles: AxisTitles;
  /** The whole number at the first value; 1 where it is not given. */
  readonly first?: number;
  /** Where the values stand, in rising order; absent: one whole number after the other. */
  readonly places?: readonly number[];
}

/** One row of values as uPlot takes it. */
export interface Track {
  readonly values: Values;
  readonly stroke: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly shape: LineShape;
  /** Fills the space down to the track before. */
  readonly fill: string | null;
}

/** The rows of values that draw one line: its band, its raw values, itself. */
export function tracksOf(
  { values, range, color, dash, width, shape = 'line' }: ChartLine,
  { logarithmic, smoothing }: ChartScale,
): readonly Track[] {
  const stroke = chartColor(color);
  const shown = (all: Values): Values => (logarithmic ? positive(all) : all);
  const edge = { stroke: 'transparent', dash: [], width: 0, shape };
  const band = range
    ? [
        { ...edge, values: shown(range.low), fill: null },
        { ...edge, values: shown(range.high), fill: withOpacity(stroke, 0.16) },
      ]
    : [];
  const raw =
    smoothing > 0
      ? [
          {
            values: shown(values),
            stroke: withOpacity(stroke, 0.35),
            dash: [],
            width: 1,
            shape,
            fill: null,
          },
        ]
      : [];
  return [
    ...band,
    ...raw,
    { values: shown(smooth(values, smoothing)), stroke, dash, width, shape, fill: null },
  ];
}

/** A track as uPlot draws it. */
export function series({ stroke, dash, width, shape }: Track): UPlot.Series {
  if (shape === 'points')
    return { paths: () => null, points: { show: true, size: 6, fill: stroke, stroke, width: 0 } };
  const paths = shape === 'steps' ? UPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    stroke,
    width,
    dash: [...dash],
    points: { show: false },
    spanGaps: false,
    ...(paths && { paths }),
  };
}
