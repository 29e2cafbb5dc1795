import { formatNumber } from '../../../record/format.ts';
import { bestSoFar, budgetOf } from '../../../show/views/studyFigures.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { LineChart } from '../shared/lineChart.ts';
import { pointLabel, type FigureContent } from './figures.ts';

/** The best metric over the attempts, and what they took. */
export class ProgressFigure {
  readonly node = element('div');
  readonly #budget = element('p', { class: 'budget' });
  readonly #read = element('p', { class: 'note' });
  readonly #chart: LineChart;
  #rows: readonly StudyRow[] = [];
  #best: ReturnType<typeof bestSoFar> = { mean: [], low: [], high: [] };

  constructor() {
    const place = element('div', { class: 'chart' });
    this.node.append(element('h2', { text: 'Best so far' }), this.#budget, place, this.#read);
    this.#chart = new LineChart({
      parent: place,
      height: 320,
      syncKey: 'progress',
      onCursor: (index) => {
        this.#tell(index);
      },
    });
  }

  draw({ rows, objective }: FigureContent, mode: 'update' | 'renew' = 'update'): void {
    this.#rows = rows;
    this.#best = bestSoFar(rows, objective);
    const each = rows.map(({ mean }) => mean);
    const band = {
      values: this.#best.mean,
      range: { low: this.#best.low, high: this.#best.high },
      color: 'blue',
      dash: [],
      width: 2,
      shape: 'steps',
    } as const;
    this.#chart.draw(
      [
        { values: each, range: null, color: 'foreground', dash: [], width: 1, shape: 'points' },
        band,
      ],
      {
        logarithmic: false,
        smoothing: 0,
        first: rows[0]?.number ?? 0,
        titles: { x: 'attempt', y: objective.metric },
      },
      mode,
    );
    this.#budget.textContent = budgetText(rows);
    this.#tell(null);
  }

  #tell(index: number | null): void {
    const row = this.#rows[index ?? this.#rows.length - 1];
    const best = this.#best.mean[index ?? this.#best.mean.length - 1];
    this.#read.textContent =
      'The line is the best attempt so far, its band one deviation of its seeds; each point is ' +
      'an attempt. ' +
      (row ? `${pointLabel(row)}; best so far ${bestText(best)}.` : '');
  }
}

const bestText = (best: number | null | undefined): string =>
  best === undefined || best === null ? '–' : formatNumber(best);

function budgetText(rows: readonly StudyRow[]): string {
  const { attempts, trials, failed, seconds, tokens, usd, unknown } = budgetOf(rows);
  const minutes =
    seconds >= 90
      ? `${formatNumber(Math.round(seconds / 6) / 10)} minutes`
      : `${formatNumber(seconds)} seconds`;
  const model =
    tokens > 0 ? `, ${tokens.toLocaleString('en-US')} tokens, $${formatNumber(usd)}` : '';
  const rest = unknown > 0 ? `; ${unknown} attempts do not tell what they took` : '';
  return (
    `Spent: ${attempts} attempts, ${trials} trials in ${minutes} of training, ${failed} ` +
    `failed${model}${rest}.`
  );
}
