import './language.ts';
import UPlot from 'uplot';
import { formatNumber } from '../../../record/format.ts';
import { positive, smooth } from './smooth.ts';
import { chartColor, cssVariable, withOpacity, type ChartColor } from './theme.ts';

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
  /** The whole number at the first value; 1 where it is not given. */
  readonly first?: number;
}

/** Where a chart stands, and what happens when its cursor moves (`null`: it left). */
export interface ChartPlace {
  readonly parent: HTMLElement;
  readonly height: number;
  /** Charts with the same key share their cursor. */
  readonly syncKey: string;
  readonly onCursor: (index: number | null) => void;
}

/**
 * A chart of lines over whole numbers; new values in lines of the same kind are drawn without
 * making anything anew.
 */
export class LineChart {
  readonly #place: ChartPlace;
  readonly #resize: ResizeObserver;
  #plot: UPlot | null = null;
  #kind = '';

  constructor(place: ChartPlace) {
    this.#place = place;
    this.#resize = new ResizeObserver(() => {
      this.#plot?.setSize(this.#size());
    });
    this.#resize.observe(place.parent);
  }

  /** Draws the lines; `renew` draws from the ground up, e.g. with the colours of another theme. */
  draw(lines: readonly ChartLine[], scale: ChartScale, mode: 'update' | 'renew' = 'update'): void {
    const tracks = lines.flatMap((line) => tracksOf(line, scale));
    const length = Math.max(0, ...tracks.map(({ values }) => values.length));
    const data = [
      indices(length, scale.first ?? 1),
      ...tracks.map(({ values }) => values),
    ] as unknown as UPlot.AlignedData;
    const kind = JSON.stringify([scale.logarithmic, tracks.map(({ values: _, ...look }) => look)]);
    if (this.#plot && kind === this.#kind && mode === 'update')
      return void this.#plot.setData(data);
    this.#plot?.destroy();
    this.#kind = kind;
    this.#plot = new UPlot(this.#options(tracks, scale), data, this.#place.parent);
  }

  /** Moves the cursor to an index of the x values. */
  moveCursor(index: number): void {
    const plot = this.#plot;
    const x = plot?.data[0][index];
    if (plot && x !== undefined)
      plot.setCursor({ left: plot.valToPos(x, 'x'), top: plot.over.clientHeight / 2 });
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#plot?.destroy();
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(120, this.#place.parent.clientWidth), height: this.#place.height };
  }

  #options(tracks: readonly Track[], { logarithmic }: ChartScale): UPlot.Options {
    return {
      ...this.#size(),
      legend: { show: false },
      padding: [8, 8, 0, 0],
      scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : {} },
      axes: [
        { ...axis({ space: 40, size: 22 }), incrs: [...WHOLE_STEPS] },
        axis({ space: 26, size: 52 }),
      ],
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { show: false },
        sync: { key: this.#place.syncKey },
      },
      series: [{}, ...tracks.map(series)],
      bands: tracks.flatMap(({ fill }, index) =>
        fill === null ? [] : [{ series: [index + 1, index] as [number, number], fill }],
      ),
      hooks: {
        setCursor: [
          ({ cursor }) => {
            this.#place.onCursor(cursor.idx ?? null);
          },
        ],
      },
    };
  }
}

/** One row of values as uPlot takes it. */
interface Track {
  readonly values: Values;
  readonly stroke: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly shape: LineShape;
  /** Fills the space down to the track before. */
  readonly fill: string | null;
}

function tracksOf(
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

function series({ stroke, dash, width, shape }: Track): UPlot.Series {
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

/** Between the numbers of an axis that counts. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000];

const indices = (length: number, first: number): readonly number[] =>
  Array.from({ length }, (_, index) => first + index);
