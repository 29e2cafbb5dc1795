import './language.ts';
import UPlot from 'uplot';
import { element } from './element.ts';
import { rangeAround, roundNumbers, withRoomBetween } from '../../../show/views/logarithmicAxis.ts';
import { axis, WHOLE_STEPS, type AxisTitles } from './axis.ts';
import { drawEquals, drawRings, seriesOf, withRoom, type ScatterPoint } from './scatterPoints.ts';

/** What a scatter chart shows. */
export interface ScatterContent {
  readonly points: readonly ScatterPoint[];
  readonly selected: ReadonlySet<string>;
  /** `null`: axes without a meaning, which are not drawn. */
  readonly axes: AxisTitles | null;
  /** Drawn behind the points. */
  readonly background?: (plot: UPlot) => void;
}

/** How its axes run. */
export interface ScatterOptions {
  readonly title: string;
  readonly height: number;
  readonly logarithmicX?: boolean;
  /** Both axes run over the same values, zero among them, with the line of equals. */
  readonly isSquare?: boolean;
  readonly onSelect: (id: string) => void;
}

/** Points that can be hovered, clicked, and walked through with the arrow keys; Enter selects. */
export class ScatterChart {
  readonly node: HTMLElement;
  readonly #options: ScatterOptions;
  readonly #plotNode = element('div', { class: 'chart' });
  readonly #told = element('div', { class: 'note told', attributes: { 'aria-live': 'polite' } });
  #plot: UPlot | null = null;
  #content: ScatterContent = { points: [], selected: new Set(), axes: null };
  #near: ScatterPoint | null = null;

  constructor(options: ScatterOptions) {
    this.#options = options;
    this.#plotNode.tabIndex = 0;
    this.#plotNode.setAttribute('role', 'application');
    this.#plotNode.setAttribute(
      'aria-label',
      `${options.title}; arrow keys walk through the points, Enter selects`,
    );
    this.#plotNode.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.#plotNode.addEventListener('click', () => {
      if (this.#near) options.onSelect(this.#near.id);
    });
    this.node = element(
      'section',
      {},
      element('h2', { text: options.title }),
      this.#plotNode,
      this.#told,
    );
    new ResizeObserver(() => {
      this.#plot?.setSize(this.#size());
    }).observe(this.#plotNode);
  }

  /** Draws the points; theme and content may both have changed. */
  draw(content: ScatterContent): void {
    this.#content = { ...content, points: [...content.points].sort((a, b) => a.x - b.x) };
    this.#plot?.destroy();
    if (content.points.length === 0) return void (this.#plot = null);
    const groups = [
      ...Map.groupBy(this.#content.points, ({ color, size }) => `${color} ${size}`).values(),
    ];
    const data = [
      this.#content.points.map(({ x }) => x),
      ...groups.map((group) => this.#column(group)),
    ];
    this.#plot = new UPlot(
      this.#plotOptions(groups),
      data as unknown as UPlot.AlignedData,
      this.#plotNode,
    );
  }

  #column(group: readonly ScatterPoint[]): (number | null)[] {
    const members = new Set(group);
    return this.#content.points.map((point) => (members.has(point) ? point.y : null));
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(160, this.#plotNode.clientWidth), height: this.#options.height };
  }

  #plotOptions(groups: readonly (readonly ScatterPoint[])[]): UPlot.Options {
    const { logarithmicX, isSquare } = this.#options;
    const all = this.#content.points.flatMap(({ x, y }) => [x, y]);
    const shared = withRoom(Math.min(0, ...all), Math.max(0, ...all));
    const padded = {
      range: (_: UPlot, low: number, high: number): [number, number] =>
        isSquare ? shared : withRoom(low, high),
    };
    return {
      ...this.#size(),
      legend: { show: false },
      padding: [8, 28, 4, 4],
      scales: {
        x: {
          time: false,
          ...(logarithmicX
            ? {
                distr: 3 as const,
                range: (): [number, number] => rangeAround(this.#content.points.map(({ x }) => x)),
              }
            : padded),
        },
        y: padded,
      },
      axes: drawnAxes(this.#content.axes, logarithmicX ? LOGARITHMIC : this.#steps()),
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      series: [{}, ...groups.map(([first]) => seriesOf(first))],
      hooks: this.#hooks(isSquare ? shared : null),
    };
  }

  /** Nothing is between two layers. */
  #steps(): UPlot.Axis {
    const counts = this.#content.points.every(({ x }) => Number.isInteger(x) && x < MOST_COUNTED);
    return counts ? { incrs: [...WHOLE_STEPS] } : {};
  }

  /** `equals`: the range of the line of equals, where one is drawn. */
  #hooks(equals: [number, number] | null): UPlot.Hooks.Arrays {
    const behind = (plot: UPlot): void => {
      this.#content.background?.(plot);
      if (equals) drawEquals(plot, equals);
    };
    const before = (plot: UPlot): void => {
      const { points, selected } = this.#content;
      drawRings(
        plot,
        points.filter((point) => selected.has(point.id) || point === this.#near),
      );
    };
    const hover = ({ cursor }: UPlot): void => {
      this.#hover(cursor.left ?? -1, cursor.top ?? -1);
    };
    return { drawClear: [behind], draw: [before], setCursor: [hover] };
  }

  #hover(left: number, top: number): void {
    const plot = this.#plot;
    if (!plot || left < 0) return;
    const reach = 14;
    let nearest: { readonly point: ScatterPoint; readonly distance: number } | null = null;
    for (const point of this.#content.points) {
      const distance = Math.hypot(
        plot.valToPos(point.x, 'x') - left,
        plot.valToPos(point.y, 'y') - top,
      );
      if (distance < (nearest?.distance ?? reach)) nearest = { point, distance };
    }
    this.#goTo(nearest?.point ?? null);
  }

  #goTo(point: ScatterPoint | null): void {
    if (point === this.#near) return;
    this.#near = point;
    this.#told.textContent = point?.label ?? '';
    this.#plot?.redraw(false, false);
  }

  #onKey(event: KeyboardEvent): void {
    const { points } = this.#content;
    const at = this.#near ? points.indexOf(this.#near) : -1;
    if (event.key === 'Enter' && this.#near) return void this.#options.onSelect(this.#near.id);
    const next = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: points.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#goTo(points[Math.min(points.length - 1, Math.max(0, next))] ?? null);
  }
}

/** What uPlot would do: name the powers of ten alone. */
const LOGARITHMIC: UPlot.Axis = {
  splits: (_, __, low, high) => roundNumbers(low, high),
  filter: (plot, splits) =>
    withRoomBetween(splits, (value) => plot.valToPos(value, 'x'), LABEL_ROOM),
  values: (_, splits: readonly (number | null)[]) =>
    splits.map((value) => value?.toLocaleString('en-US') ?? ''),
};

/** For `20,000` and the space behind it, in pixels. */
const LABEL_ROOM = 46;

/** What is larger is no small count any more, and its axis finds its own steps. */
const MOST_COUNTED = 1000;

const drawnAxes = (titles: AxisTitles | null, x: UPlot.Axis): UPlot.Axis[] =>
  titles === null
    ? [{ show: false }, { show: false }]
    : [
        { ...axis({ title: titles.x, space: 60, size: 22 }), ...x },
        axis({ title: titles.y, space: 26, size: 60 }),
      ];
