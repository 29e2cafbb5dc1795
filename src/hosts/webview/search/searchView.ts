import { formatNumber } from '../../../record/format.ts';
import type {
  FromSearch,
  ShownRun,
  ShownSearch,
  ToSearch,
} from '../../../show/views/searchMessages.ts';
import { element } from '../shared/element.ts';
import { LineChart } from '../shared/lineChart.ts';
import { ScatterChart } from '../shared/scatterChart.ts';
import { importanceBars } from '../shared/importanceBars.ts';
import { frontTable, partnerText, runningList } from './searchParts.ts';

/** How a search stands: what it found over time, what trains, the front, what matters. */
export class SearchView {
  readonly #send: (message: FromSearch) => void;
  readonly #head = element('h1');
  readonly #line = element('p', { attributes: { 'aria-live': 'polite' } });
  readonly #partner = element('p', { class: 'note' });
  readonly #bar = element('div', { class: 'bar' });
  readonly #read = element('p', { class: 'note' });
  readonly #running = element('section');
  readonly #front = element('section');
  readonly #importance = element('section');
  readonly #chart: LineChart;
  readonly #scatter: ScatterChart;
  #standing: ShownSearch | null = null;

  constructor(root: HTMLElement, send: (message: FromSearch) => void) {
    this.#send = send;
    const place = element('div', { class: 'chart' });
    this.#scatter = new ScatterChart({
      title: 'Parameters against the objective',
      height: 240,
      logarithmicX: true,
      onSelect: () => undefined,
    });
    root.replaceChildren(
      ...[
        this.#head,
        this.#line,
        this.#partner,
        this.#bar,
        element('h2', { text: 'Best so far, by seconds' }),
        place,
      ],
      ...[this.#read, this.#running, this.#scatter.node, this.#front, this.#importance],
    );
    this.#chart = new LineChart({
      parent: place,
      height: 220,
      syncKey: 'search',
      onCursor: (index) => this.#tell(index),
    });
  }

  show({ name, standing, isRunning, end }: ToSearch): void {
    this.#standing = standing;
    this.#head.textContent = name === '' ? 'Search' : `Search of ${name}`;
    this.#line.textContent = end === '' ? lineOf(standing, isRunning) : end;
    this.#bar.replaceChildren(...this.#buttons(standing, isRunning));
    if (!standing) return;
    this.#partner.textContent = partnerText(standing);
    this.#drawCourse(standing);
    this.#running.replaceChildren(...(isRunning ? runningList(standing) : []));
    this.#scatter.draw({
      points: standing.front.map(pointOf),
      selected: new Set(),
      axes: { x: 'parameters', y: standing.objective.metric },
    });
    this.#front.replaceChildren(...frontTable(standing));
    this.#importance.replaceChildren(
      ...importanceBars(standing.importance, 'What makes the difference'),
    );
    this.#tell(null);
  }

  #buttons(standing: ShownSearch | null, isRunning: boolean): readonly HTMLElement[] {
    const button = (text: string, message: FromSearch): HTMLElement =>
      element('button', { text, on: { click: () => this.#send(message) } });
    if (isRunning) return [button('Stop and Keep', { kind: 'stop' })];
    return standing ? [button('Show Record', { kind: 'open', id: standing.attemptId })] : [];
  }

  /** By seconds, the last best up to now. */
  #drawCourse({ course, seconds, objective }: ShownSearch): void {
    const last = course.at(-1);
    const shown = last ? [...course, { seconds, value: last.value }] : course;
    const values = shown.map(({ value }) => value);
    const line = { values, range: null, color: 'blue', dash: [], width: 2 } as const;
    const places = shown.map((each) => each.seconds);
    this.#chart.draw([{ ...line, shape: 'steps' }], {
      logarithmic: false,
      smoothing: 0,
      places,
      titles: { x: 'seconds', y: objective.metric },
    });
  }

  #tell(index: number | null): void {
    const course = this.#standing?.course ?? [];
    const at = course[Math.min(index ?? Infinity, course.length - 1)];
    this.#read.textContent = at
      ? `Each step is a new best whole run; this one came after ${Math.round(at.seconds)} s: ` +
        `${this.#standing?.objective.metric ?? ''} ${formatNumber(at.value)}.`
      : 'No whole run yet.';
  }
}

function lineOf(standing: ShownSearch | null, isRunning: boolean): string {
  if (!standing) return isRunning ? 'The model as it is is trained first.' : 'No search yet.';
  const { tried, full, failed, unfit, seconds, minutes, best, start, objective } = standing;
  const left = minutes === undefined ? '' : ` of ${minutes} minutes`;
  const found = best ? `${objective.metric} ${formatNumber(best.value)}` : 'nothing yet';
  const own = start ? `, the model as it is ${formatNumber(start.value)}` : '';
  return (
    `${tried} configurations tried (${full} in full, ${failed} failed, ${unfit} refused), ` +
    `${(seconds / 60).toFixed(1)}${left}. Best: ${found}${own}.`
  );
}

const pointOf = (placed: ShownRun) => ({
  id: String(placed.number),
  x: placed.parameters ?? 1,
  y: placed.value,
  label: `${placed.text === '' ? 'as it is' : placed.text}: ${formatNumber(placed.value)}`,
  color: 'blue' as const,
  size: 9,
});
