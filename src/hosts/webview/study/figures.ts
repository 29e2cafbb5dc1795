import { formatChange, formatNumber } from '../../../record/format.ts';
import type { ToStudy } from '../../../show/views/studyMessages.ts';
import {
  bestSoFar,
  budgetOf,
  calibration,
  effectTable,
  paretoFront,
  type EffectCell,
  type EffectTable,
} from '../../../show/views/studyFigures.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { LineChart } from '../shared/lineChart.ts';
import { ScatterChart, type ScatterPoint } from '../shared/scatterChart.ts';
import type { ChartColor } from '../shared/theme.ts';

type Objective = Extract<ToStudy, { kind: 'study' }>['objective'];

/** What the figures are drawn from. */
export interface FigureContent {
  readonly rows: readonly StudyRow[];
  readonly objective: Objective;
  readonly selected: ReadonlySet<string>;
}

const verdictColors: Readonly<Partial<Record<StudyRow['verdict'], ChartColor>>> = {
  better: 'green',
  worse: 'red',
  baseline: 'blue',
  inconclusive: 'yellow',
};

/** `#12 batch norm: 0.0412, better`. */
export const pointLabel = (row: StudyRow): string =>
  `#${row.number} ${row.title}: ` +
  `${row.mean === null ? 'not measured' : formatNumber(row.mean)}, ${row.verdict}`;

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
      { logarithmic: false, smoothing: 0, first: rows[0]?.number ?? 0 },
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

/** Parameters against the metric, with the front that nothing beats in both. */
export class TradeOffFigure {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #list = element('p', { class: 'note' });

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({
      title: 'Parameters and metric',
      height: 380,
      logarithmicX: true,
      onSelect,
    });
    this.node = element('div', {}, this.#chart.node, this.#list);
  }

  draw({ rows, objective, selected }: FigureContent): void {
    const front = paretoFront(rows, objective);
    const onFront = new Set(front);
    const points = rows.flatMap((row): readonly ScatterPoint[] =>
      row.mean === null || !row.parameters
        ? []
        : [
            {
              id: row.id,
              x: row.parameters,
              y: row.mean,
              color: onFront.has(row) ? 'green' : 'blue',
              size: onFront.has(row) ? 10 : 6,
              label: `${pointLabel(row)}, ${row.parameters.toLocaleString('en-US')} parameters`,
            },
          ],
    );
    this.#chart.draw({ points, selected });
    this.#list.textContent =
      front.length === 0
        ? 'Nothing was measured yet.'
        : `On the front (large): ${front.map((row) => `#${row.number}`).join(', ')}. No other ` +
          'attempt is both smaller and better.';
  }
}

/** What was foretold against what came of it. */
export class CalibrationFigure {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #text = element('p');

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({
      title: 'Predicted effect (across) and observed effect (up)',
      height: 380,
      isSquare: true,
      onSelect,
    });
    this.node = element('div', {}, this.#chart.node, this.#text);
  }

  draw({ rows, selected }: FigureContent): void {
    const { pairs, sameSign, meanError } = calibration(rows);
    const points = pairs.map(({ row, predicted, observed }): ScatterPoint => ({
      id: row.id,
      x: predicted,
      y: observed,
      color: verdictColors[row.verdict] ?? 'foreground',
      size: 8,
      label:
        `${pointLabel(row)}, predicted ${formatChange(predicted)}, observed ` +
        `${formatChange(observed)}`,
    }));
    this.#chart.draw({ points, selected });
    this.#text.textContent =
      sameSign === null || meanError === null
        ? 'No attempt has both a predicted and an observed effect yet.'
        : `${pairs.length} prediction${pairs.length === 1 ? '' : 's'}, ` +
          `${Math.round(sameSign * 100)} % with the right sign, off by ` +
          `${formatNumber(meanError)} on average. On the dashed line a prediction comes true.`;
  }
}

/** Operator × finding as a table whose colours and numbers say the same. */
export function effectFigure({ rows, objective }: FigureContent): HTMLElement {
  const table = effectTable(rows);
  if (table.operators.length === 0)
    return element('p', { class: 'empty', text: 'No operator was tried yet.' });
  const head = element(
    'tr',
    {},
    element('th'),
    ...table.findings.map((finding) =>
      element('th', { text: finding, attributes: { scope: 'col' } }),
    ),
  );
  const body = table.operators.map((operator) =>
    element(
      'tr',
      {},
      element('th', { text: operator, attributes: { scope: 'row' } }),
      ...table.findings.map((finding) =>
        effectCell(table.cell(operator, finding), table, objective),
      ),
    ),
  );
  const caption =
    `Mean effect on ${objective.metric} where an operator answered a finding; in brackets how ` +
    `often it was tried. ${objective.direction === 'minimize' ? 'Below' : 'Above'} zero is ` +
    'better.';
  return element(
    'div',
    { class: 'scrolled' },
    element(
      'table',
      { class: 'heat' },
      element('caption', { text: caption }),
      element('thead', {}, head),
      element('tbody', {}, ...body),
    ),
  );
}

function effectCell(
  cell: EffectCell | null,
  { largest }: EffectTable,
  objective: Objective,
): HTMLElement {
  if (!cell) return element('td', { class: 'none', text: '' });
  if (cell.effect === null)
    return element('td', {
      text: `– (${cell.tries})`,
      attributes: { title: 'tried, not measured' },
    });
  const gain = objective.direction === 'minimize' ? -cell.effect : cell.effect;
  const strength = largest > 0 ? Math.ceil((Math.abs(gain) / largest) * 3) : 0;
  const side = gain > 0 ? 'gain' : 'harm';
  return element('td', {
    class: strength > 0 ? `${side}-${strength}` : '',
    text: `${formatChange(cell.effect)} (${cell.tries})`,
    attributes: { title: `${cell.better} of ${cell.tries} judged better` },
  });
}
