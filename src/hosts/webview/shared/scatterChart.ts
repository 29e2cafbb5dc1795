import './language.ts';
import UPlot from 'uplot';
import { element } from './element.ts';
import { axis } from './axis.ts';
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

/** What a scatter chart shows. */
export interface ScatterContent {
  readonly points: readonly ScatterPoint[];
  readonly selected: ReadonlySet<string>;
  /** Drawn behind the points. */
  readonly background?: (plot: UPlot) => void;
}

/** How its axes run; a hidden axis has no numbers that mean anything. */
export interface ScatterOptions {
  readonly title: string;
  readonly height: number;
  readonly logarithmicX?: boolean;
  readonly withoutAxes?: boolean;
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
  #content: ScatterContent = { points: [], selected: new Set() };
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
    const { logarithmicX, withoutAxes, isSquare } = this.#options;
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
                range: (): [number, number] => wholeDecades(this.#content.points),
              }
            : padded),
        },
        y: padded,
      },
      axes: withoutAxes
        ? [{ show: false }, { show: false }]
        : [axis({ space: 60, size: 22 }), axis({ space: 26, size: 60 })],
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      series: [{}, ...groups.map(([first]) => seriesOf(first))],
      hooks: {
        drawClear: [
          (plot) => {
            this.#content.background?.(plot);
            if (isSquare) this.#equals(plot, shared);
          },
        ],
        draw: [
          (plot) => {
            this.#ring(plot);
          },
        ],
        setCursor: [
          ({ cursor }) => {
            this.#hover(cursor.left ?? -1, cursor.top ?? -1);
          },
        ],
      },
    };
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

  #equals(plot: UPlot, [low, high]: [number, number]): void {
    plot.ctx.save();
    plot.ctx.strokeStyle = chartColor('foreground');
    plot.ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    plot.ctx.beginPath();
    plot.ctx.moveTo(plot.valToPos(low, 'x', true), plot.valToPos(low, 'y', true));
    plot.ctx.lineTo(plot.valToPos(high, 'x', true), plot.valToPos(high, 'y', true));
    plot.ctx.stroke();
    plot.ctx.restore();
  }

  /** Rings around what is selected, and around what the pointer is at. */
  #ring(plot: UPlot): void {
    const { points, selected } = this.#content;
    const ringed = points.filter((point) => selected.has(point.id) || point === this.#near);
    const ratio = devicePixelRatio;
    plot.ctx.save();
    plot.ctx.lineWidth = 2 * ratio;
    plot.ctx.strokeStyle = cssVariable('--vscode-focusBorder') || chartColor('foreground');
    for (const point of ringed) {
      plot.ctx.beginPath();
      plot.ctx.arc(
        plot.valToPos(point.x, 'x', true),
        plot.valToPos(point.y, 'y', true),
        (point.size / 2 + 4) * ratio,
        0,
        2 * Math.PI,
      );
      plot.ctx.stroke();
    }
    plot.ctx.restore();
  }
}

function seriesOf(point: ScatterPoint | undefined): UPlot.Series {
  const color = chartColor(point?.color ?? 'foreground');
  return {
    paths: () => null,
    points: { show: true, size: point?.size ?? 6, fill: color, stroke: color, width: 0 },
  };
}

/** The powers of ten around the points, which are sorted by x. */
function wholeDecades(points: readonly ScatterPoint[]): [number, number] {
  const [low, high] = [Math.log10(points[0]?.x ?? 1), Math.log10(points.at(-1)?.x ?? 1)];
  return [10 ** Math.floor(low), 10 ** Math.max(Math.ceil(high), Math.floor(low) + 1)];
}

/** Room at the edges, so that no point is cut; a single value lies in the middle. */
function withRoom(low: number, high: number): [number, number] {
  const room = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}
