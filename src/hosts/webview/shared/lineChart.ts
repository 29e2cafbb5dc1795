import './language.ts';
import UPlot from 'uplot';
import { tracksOf, series, type ChartLine, type ChartScale, type Track } from './chartTracks.ts';
import { axis, WHOLE_STEPS } from './axis.ts';

/** Where a chart stands, and what happens when its cursor moves (`null`: it left). */
export interface ChartPlace {
  readonly parent: HTMLElement;
  readonly height: number;
  /** Charts with the same key share their cursor. */
  readonly syncKey: string;
  readonly onCursor: (index: number | null) => void;
}

/**
 * A chart of lines over whole numbers or given places; new values in lines of the same kind are
 * drawn without making anything anew.
 */
export class LineChart {
  readonly #place: ChartPlace;
  readonly #resize: ResizeObserver;
  readonly #fit = (): void => {
    this.#plot?.setSize(this.#size());
  };
  #plot: UPlot | null = null;
  #kind = '';

  constructor(place: ChartPlace) {
    this.#place = place;
    this.#resize = new ResizeObserver(this.#fit);
    this.#resize.observe(place.parent);
    addEventListener('resize', this.#fit);
  }

  /** Draws the lines; `renew` draws from the ground up, e.g. with the colours of another theme. */
  draw(lines: readonly ChartLine[], scale: ChartScale, mode: 'update' | 'renew' = 'update'): void {
    const tracks = lines.flatMap((line) => tracksOf(line, scale));
    const length = Math.max(0, ...tracks.map(({ values }) => values.length));
    const data = [
      scale.places ?? indices(length, scale.first ?? 1),
      ...tracks.map(({ values }) => values),
    ] as unknown as UPlot.AlignedData;
    const kind = JSON.stringify([
      scale.logarithmic,
      scale.titles,
      tracks.map(({ values: _, ...look }) => look),
    ]);
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
    removeEventListener('resize', this.#fit);
    this.#plot?.destroy();
  }

  /** Of a low view it leaves half to what stands below. */
  #size(): { width: number; height: number } {
    return {
      width: Math.max(120, this.#place.parent.clientWidth),
      height: Math.min(this.#place.height, Math.max(90, innerHeight * 0.55)),
    };
  }

  #options(tracks: readonly Track[], { logarithmic, titles }: ChartScale): UPlot.Options {
    return {
      ...this.#size(),
      legend: { show: false },
      padding: [8, 8, 0, 0],
      scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : {} },
      axes: [
        { ...axis({ title: titles.x, space: 40, size: 22 }), incrs: [...WHOLE_STEPS] },
        axis({ title: titles.y, space: 26, size: 52 }),
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

const indices = (length: number, first: number): readonly number[] =>
  Array.from({ length }, (_, index) => first + index);
